/* BancoIntegra.exe and its console twin bancointegra-cli.exe: load the Python beside them and run the program in this
   process, so that the task bar, the firewall and the task manager see one program, ours.

   -I keeps the workstation's PYTHONPATH and user packages out. The named mutex says "in use" to installer and
   uninstaller as long as the process lives; what it is for lives in setup.nsi. */
#include <windows.h>
#include <shellapi.h>
#include "build.h"

#ifdef CONSOLE
#define PYTHON L"\\python.exe"
#else
#define PYTHON L"\\pythonw.exe"
#endif
#define LONGEST 32000
#define OWN_ARGUMENTS 4

typedef int (*py_main)(int, wchar_t **);

static void die(const wchar_t *message) {
    const wchar_t *hint = L"\n\nInstale o BancoIntegra de novo. Os seus dados n\u00e3o s\u00e3o afetados.";
    wchar_t text[1024];
    lstrcpyW(text, message);
    lstrcatW(text, hint);
    MessageBoxW(NULL, text, L"BancoIntegra", MB_ICONERROR | MB_OK);
    ExitProcess(3);
}

static int run(void) {
    static wchar_t folder[LONGEST + 64], library[LONGEST + 64], python[LONGEST + 64];
    int argc = 0;
    DWORD length = GetModuleFileNameW(NULL, folder, LONGEST);
    if (length == 0 || length >= LONGEST) die(L"N\u00e3o foi poss\u00edvel localizar o programa.");
    *wcsrchr(folder, L'\\') = 0;
    lstrcatW(folder, L"\\runtime");
    SetDllDirectoryW(folder);
    lstrcpyW(python, folder);
    lstrcatW(python, PYTHON);
    lstrcpyW(library, folder);
    lstrcatW(library, L"\\" PYTHON_DLL);

    CreateMutexW(NULL, FALSE, IN_USE_MUTEX); /* closed by the system when the process ends, however it ends */
    HMODULE module = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!module) die(L"O arquivo runtime\\" PYTHON_DLL L" n\u00e3o foi encontrado ou est\u00e1 danificado.");
    py_main start = (py_main)(void *)GetProcAddress(module, "Py_Main");
    if (!start) die(L"O arquivo runtime\\" PYTHON_DLL L" est\u00e1 danificado.");

    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &argc);
    wchar_t **arguments = HeapAlloc(GetProcessHeap(), HEAP_ZERO_MEMORY, (argc + OWN_ARGUMENTS) * sizeof *arguments);
    if (!given || !arguments) die(L"N\u00e3o h\u00e1 mem\u00f3ria para abrir o programa.");
    arguments[0] = python;
    arguments[1] = L"-I";
    arguments[2] = L"-m";
    arguments[3] = L"bancointegra";
    for (int i = 1; i < argc; i++) arguments[OWN_ARGUMENTS - 1 + i] = given[i];
    return start(OWN_ARGUMENTS - 1 + argc, arguments);
}

#ifdef CONSOLE
int wmain(void) { return run(); }
#else
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE previous, LPWSTR line, int show) {
    (void)instance, (void)previous, (void)line, (void)show;
    return run();
}
#endif
