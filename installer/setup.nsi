; BancoIntegra-X.Y.Z-setup.exe: per user, no administrator, Portuguese. The build gives VERSION, STAGE, OUT,
; ICON, BANNER, COMPRESSION and what identity.py says. The first line is needed: the default stub is a 32-bit program.
Target amd64-unicode
Unicode true
SetCompressor /SOLID ${COMPRESSION}
!include "MUI2.nsh"
!include "nsDialogs.nsh"
!include "FileFunc.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APPLICATION_ID}"
!define SETTINGS_KEY "Software\${NAME}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define DATA "$LOCALAPPDATA\${NAME}"
!define SYNCHRONIZE 0x00100000
; What a silent run ends with; README.md lists them.
!define STATUS_IN_USE 10
!define STATUS_NEWER_INSTALLED 11
!define STATUS_OLD_WINDOWS 12

Name "${NAME}"
OutFile "${OUT}"
BrandingText "${NAME} ${VERSION}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${SETTINGS_KEY}" "InstallDir"
ManifestDPIAware true
ManifestSupportedOS all
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=1046 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1046 "FileDescription" "Instalador do ${NAME}"
VIAddVersionKey /LANG=1046 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1046 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1046 "LegalCopyright" ""

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${BANNER}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "Instalar o ${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Este assistente instala o ${NAME} para o seu usuário do Windows. Não é preciso ser administrador.$\r$\n$\r$\nSe já houver uma versão anterior, ela é substituída e os seus dados ficam como estão: contas, títulos, boletos e certificados.$\r$\n$\r$\nClique em Instalar para continuar."
!define MUI_FINISHPAGE_TITLE "O ${NAME} está instalado"
!define MUI_FINISHPAGE_TEXT "Ele está no menu Iniciar.$\r$\n$\r$\nPara removê-lo um dia: Configurações, Aplicativos, Aplicativos instalados."
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "Abrir o ${NAME} agora"
!define MUI_FINISHPAGE_SHOWREADME
!define MUI_FINISHPAGE_SHOWREADME_TEXT "Criar um atalho na área de trabalho"
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION CreateDesktopShortcut
!define MUI_PAGE_CUSTOMFUNCTION_SHOW NameInstallButton
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.AskAboutData un.LeaveAboutData
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"

Var KeepData
Var DeleteData
Var DeleteDataWanted

; Waits until no copy of the program runs; a silent run gives up instead.
!macro WaitUntilClosed un
Function ${un}WaitUntilClosed
  look:
  System::Call 'kernel32::OpenMutexW(i ${SYNCHRONIZE}, i 0, w "${IN_USE_MUTEX}") p .r0'
  IntPtrCmp $0 0 closed
  System::Call 'kernel32::CloseHandle(p r0)'
  IfSilent 0 ask
  SetErrorLevel ${STATUS_IN_USE}
  Quit
  ask:
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "O ${NAME} está aberto neste computador.$\r$\n$\r$\nFeche as janelas dele e tente de novo. Se um lote estiver em andamento, espere que ele termine." IDRETRY look
  SetErrorLevel ${STATUS_IN_USE}
  Quit
  closed:
FunctionEnd
!macroend
!insertmacro WaitUntilClosed ""
!insertmacro WaitUntilClosed "un."

Function NameInstallButton
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:&Instalar"
FunctionEnd

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "O ${NAME} precisa do Windows 10 ou 11, de 64 bits. Nada foi instalado." /SD IDOK
    SetErrorLevel ${STATUS_OLD_WINDOWS}
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 == 1
      MessageBox MB_OK|MB_ICONSTOP "Este computador já tem o ${NAME} $0, mais novo do que esta versão ${VERSION}. Nada foi mudado.$\r$\n$\r$\nUma versão antiga não abre os dados de uma nova. Use o instalador da versão $0 ou de uma mais nova." /SD IDOK
      SetErrorLevel ${STATUS_NEWER_INSTALLED}
      Quit
    ${EndIf}
  ${EndIf}
  Call WaitUntilClosed
FunctionEnd

Function CreateDesktopShortcut
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
FunctionEnd

Section "Programa"
  ; The earlier version goes whole: a module it had and this one has not must not stay. The data lies elsewhere.
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\app"
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*.*"
  WriteUninstaller "$INSTDIR\desinstalar.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"

  WriteRegStr HKCU "${SETTINGS_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${APP_PATHS}\${PROGRAM}" "" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${APP_PATHS}\${CONSOLE_PROGRAM}" "" "$INSTDIR\${CONSOLE_PROGRAM}"
  Call RegisterCertificateFiles

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\desinstalar.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\desinstalar.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

; Where Windows has a program for the kind of file, ours is one more under “Abrir com”; where it has none, ours opens it.
!macro OfferFor extension
  WriteRegStr HKCU "Software\Classes\${extension}\OpenWithProgids" "${CERTIFICATE_CLASS}" ""
  ReadRegStr $0 HKCR "${extension}" ""
  ${If} $0 == ""
    WriteRegStr HKCU "Software\Classes\${extension}" "" "${CERTIFICATE_CLASS}"
  ${EndIf}
!macroend
!macro WithdrawFor extension
  DeleteRegValue HKCU "Software\Classes\${extension}\OpenWithProgids" "${CERTIFICATE_CLASS}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${extension}\OpenWithProgids"
  ReadRegStr $0 HKCU "Software\Classes\${extension}" ""
  ${If} $0 == "${CERTIFICATE_CLASS}"
    DeleteRegValue HKCU "Software\Classes\${extension}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\${extension}"
!macroend
!macro ForCertificateFiles do
  !insertmacro ${do} ".pfx"
  !insertmacro ${do} ".p12"
  !insertmacro ${do} ".crt"
  !insertmacro ${do} ".cer"
  !insertmacro ${do} ".pem"
  !insertmacro ${do} ".key"
!macroend

Function RegisterCertificateFiles
  WriteRegStr HKCU "Software\Classes\${CERTIFICATE_CLASS}" "" "Certificado do banco"
  WriteRegStr HKCU "Software\Classes\${CERTIFICATE_CLASS}\DefaultIcon" "" "$INSTDIR\${PROGRAM},0"
  WriteRegStr HKCU "Software\Classes\${CERTIFICATE_CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
  !insertmacro ForCertificateFiles OfferFor
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function un.onInit
  StrCpy $DeleteDataWanted 0
  Call un.WaitUntilClosed
FunctionEnd

Function un.AskAboutData
  !insertmacro MUI_HEADER_TEXT "Remover o ${NAME}" "O que fazer com os seus dados?"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 26u "O programa será removido deste computador. Os seus dados estão em outra pasta e só são apagados se você escolher isso aqui:"
  Pop $0
  ${NSD_CreateRadioButton} 0 30u 100% 12u "&Guardar os meus dados (recomendado)"
  Pop $KeepData
  ${NSD_CreateLabel} 14u 43u 95% 28u "Contas, títulos, histórico dos boletos e certificados ficam em ${DATA}. Se o programa for instalado de novo, tudo estará lá."
  Pop $0
  ${NSD_CreateRadioButton} 0 76u 100% 12u "&APAGAR PARA SEMPRE os meus dados"
  Pop $DeleteData
  ${NSD_CreateLabel} 14u 89u 95% 38u "Apaga contas, títulos, certificados e o histórico dos boletos. Não há como desfazer. Os boletos já registrados continuam valendo no banco, mas este programa não saberá mais deles. Os PDFs dos boletos não são apagados."
  Pop $0
  ${If} $DeleteDataWanted == 1
    ${NSD_Check} $DeleteData
  ${Else}
    ${NSD_Check} $KeepData
  ${EndIf}
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:&Remover"
  nsDialogs::Show
FunctionEnd

Function un.LeaveAboutData
  ${NSD_GetState} $DeleteData $0
  StrCpy $DeleteDataWanted 0
  ${If} $0 == ${BST_CHECKED}
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "Apagar PARA SEMPRE as contas, os títulos, os certificados e o histórico dos boletos em ${DATA}?$\r$\n$\r$\nSim: apaga tudo, sem volta.$\r$\nNão: volta à escolha anterior." IDYES agreed
    Abort
    agreed:
    StrCpy $DeleteDataWanted 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$INSTDIR\runtime"
  RMDir /r "$INSTDIR\lib"
  RMDir /r "$INSTDIR\app"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE_PROGRAM}"
  Delete "$INSTDIR\LICENCAS.txt"
  Delete "$INSTDIR\desinstalar.exe"
  RMDir "$INSTDIR"
  DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  DeleteRegKey HKCU "${APP_PATHS}\${PROGRAM}"
  DeleteRegKey HKCU "${APP_PATHS}\${CONSOLE_PROGRAM}"
  !insertmacro ForCertificateFiles WithdrawFor
  DeleteRegKey HKCU "Software\Classes\${CERTIFICATE_CLASS}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${SETTINGS_KEY}"
  ${If} $DeleteDataWanted == 1
    RMDir /r "${DATA}"
  ${EndIf}
SectionEnd
