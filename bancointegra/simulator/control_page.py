"""The page of the control surface: plain HTML and a little script, nothing loaded from elsewhere."""

from __future__ import annotations

_STYLE = """
:root { color-scheme: light dark; --edge: #8884; --accent: #b45309; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { background: var(--accent); color: #fff; padding: .7rem 1.2rem; display: flex; gap: 1rem; flex-wrap: wrap;
  align-items: baseline; }
header h1 { font-size: 1.15rem; margin: 0; }
header strong { letter-spacing: .12em; border: 1px solid #fff; border-radius: 4px; padding: 0 .5rem; }
main { padding: 1rem 1.2rem; display: grid; gap: 1rem; max-width: 80rem; margin: auto; }
section { border: 1px solid var(--edge); border-radius: 8px; padding: .8rem 1rem; overflow-x: auto; }
h2 { font-size: 1rem; margin: 0 0 .6rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--edge); white-space: nowrap; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
button, select, input { font: inherit; padding: .25rem .6rem; margin: .1rem .15rem .1rem 0; }
button:disabled { opacity: .45; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(22rem, 1fr)); gap: 1rem; }
.switches { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .2rem 1rem; }
.switches label { display: flex; justify-content: space-between; gap: .6rem; align-items: center; }
.switches input:not([type=checkbox]) { width: 6rem; }
#erro { color: #fff; background: #b91c1c; padding: .5rem 1.2rem; margin: 0; }
#erro:empty { display: none; }
.quiet { opacity: .7; }
"""

_BODY = """
<header><h1>Banco simulado</h1><strong>SIMULAÇÃO</strong><span>Nada aqui é dinheiro de verdade.</span></header>
<p id="erro" role="alert"></p>
<main>
<div class="pair">
<section><h2>Relógio do banco</h2>
  <p><b id="clock"></b></p>
  <button data-act="end-of-day">Encerrar o dia</button>
  <button data-act="clock" data-body='{"days": 1}'>+1 dia</button>
  <button data-act="clock" data-body='{"days": 7}'>+7 dias</button>
  <label>Ir para <input type="date" id="day"></label>
</section>
<section><h2>Falhas</h2>
  <select id="kind" aria-label="Falha"></select>
  <select id="phase" aria-label="Momento">
    <option value="before">antes de executar</option><option value="after">depois de executar</option></select>
  <select id="route" aria-label="Rota"></select>
  <label>vezes <input id="times" type="number" min="0" value="1" style="width: 4.5rem"></label>
  <label>segundos <input id="seconds" type="number" min="0" value="40" style="width: 4.5rem"></label>
  <label>código <input id="status" type="number" min="0" value="503" style="width: 5rem"></label>
  <button id="inject">Provocar</button> <button data-act="faults/clear">Limpar</button>
  <ul id="faults"></ul>
  <button data-act="expire-tokens">Expirar tokens</button>
  <button data-act="expire-certificates">Expirar certificados</button>
</section>
</div>
<section><h2>Boletos</h2>
  <p>
    <label>Valor <input id="valor" placeholder="o devido hoje" size="12"></label>
    <label>Canal <select id="canal"></select></label>
  </p>
  <table><thead><tr><th>Nosso número</th><th>Carteira</th><th>Pagador</th><th>Seu número</th><th>Vencimento</th>
    <th class="number">Valor (R$)</th><th>Situação</th><th>Ações</th></tr></thead><tbody id="boletos"></tbody></table>
</section>
<section><h2>Celcoin · Pagamento de Contas</h2>
  <div id="accounts"></div>
  <table><thead><tr><th>Protocolo</th><th>NSU</th><th>Cedente</th><th>Linha digitável</th><th>Reservado em</th>
    <th class="number">Valor (R$)</th><th>Situação</th><th>Ações</th></tr></thead><tbody id="payments"></tbody></table>
  <p><button data-act="clock" data-body='{"seconds": 1800}'>+30 minutos</button></p>
  <details><summary>Opções do Celcoin</summary><div class="switches" id="celcoin-switches"></div>
  <button data-act="celcoin/switches/reset">Voltar ao padrão</button></details></section>
<section><h2>Opções</h2><div class="switches" id="switches"></div>
  <button data-act="switches/reset">Voltar ao padrão</button></section>
<section><h2>Últimas requisições</h2>
  <table><thead><tr><th>Hora</th><th>Rota</th><th>Requisição</th><th>Resposta</th><th>Falha</th></tr></thead>
    <tbody id="requests"></tbody></table></section>
</main>
"""

_SCRIPT = """
const api = '/__sim/api/';
const at = id => document.getElementById(id);
const add = (parent, tag, text, css) => {
  const node = document.createElement(tag);
  node.textContent = text ?? '';
  if (css) node.className = css;
  parent.append(node);
  return node;
};
async function call(path, body) {
  const options = body === undefined ? {} :
    {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)};
  const reply = await fetch(api + path, options);
  const content = await reply.json();
  at('erro').textContent = reply.ok ? '' : content.erro;
  return reply.ok ? content : null;
}
async function act(path, body) {
  const state = await call(path, body ?? {});
  if (state) show(state);
  showRequests();
}
const reais = cents => (cents / 100).toLocaleString('pt-BR', {minimumFractionDigits: 2});
function fill(select, values) {
  if (select.options.length) return;
  for (const value of values) select.append(new Option(value, value));
}
function showBoletos(boletos) {
  const table = at('boletos');
  table.replaceChildren();
  for (const boleto of boletos.slice(-300).reverse()) {
    const row = add(table, 'tr');
    add(row, 'td', boleto.nosso_numero + '-' + boleto.dac);
    add(row, 'td', boleto.carteira);
    add(row, 'td', boleto.pagador.pessoa.nome_pessoa);
    add(row, 'td', boleto.seu_numero);
    add(row, 'td', boleto.vencimento.split('-').reverse().join('/'));
    add(row, 'td', reais(boleto.valor), 'number');
    add(row, 'td', boleto.situacao.toUpperCase());
    const actions = add(row, 'td');
    const payable = ['aberto', 'devolvido'].includes(boleto.situacao);
    const number = {nosso_numero: boleto.nosso_numero};
    const button = (text, enabled, run) => {
      const node = add(actions, 'button', text);
      node.disabled = !enabled;
      node.onclick = run;
    };
    const payment = pix => ({...number, pix, valor: at('valor').value.replace(',', '.'), canal: at('canal').value});
    button('Pagar', payable, () => act('pay', payment(false)));
    button('Pagar por Pix', payable, () => act('pay', payment(true)));
    button('Devolver', boleto.situacao === 'pago', () => act('reject', number));
    button('Liquidar', boleto.situacao === 'pago', () => act('settle', number));
    button('Baixar', payable, () => act('write-off', number));
  }
  if (!boletos.length) add(add(table, 'tr'), 'td', 'Nenhum boleto registrado ainda.', 'quiet').colSpan = 8;
}
function showCelcoin(celcoin) {
  const accounts = at('accounts');
  if (!accounts.contains(document.activeElement)) {
    accounts.replaceChildren();
    for (const account of celcoin.accounts) {
      const line = add(accounts, 'p', `Saldo de ${account.client_id}: R$ ${reais(account.balance)} `);
      const amount = add(line, 'input');
      amount.placeholder = 'valor';
      amount.size = 10;
      amount.setAttribute('aria-label', 'Valor do depósito');
      add(line, 'button', 'Depositar').onclick = () =>
        act('celcoin/deposit', {client_id: account.client_id, valor: amount.value.replace(',', '.')});
    }
  }
  const table = at('payments');
  table.replaceChildren();
  for (const payment of celcoin.payments.slice(-300).reverse()) {
    const row = add(table, 'tr');
    for (const text of [payment.id, payment.nsu, payment.issuer, payment.line]) add(row, 'td', text);
    add(row, 'td', payment.created.slice(0, 10).split('-').reverse().join('/') + payment.created.slice(10, 16)
      .replace('T', ' '));
    add(row, 'td', reais(payment.cents), 'number');
    add(row, 'td', payment.state.toUpperCase());
    const button = add(add(row, 'td'), 'button', 'Devolver');
    button.disabled = !payment.may_return;
    button.onclick = () => act('celcoin/occurrence', {id: payment.id});
  }
  if (!celcoin.payments.length)
    add(add(table, 'tr'), 'td', 'Nenhum pagamento reservado ainda.', 'quiet').colSpan = 8;
  showSwitches('celcoin-switches', 'celcoin/switches', celcoin.switches, celcoin.choices);
}
function showSwitches(id, action, switches, choices) {
  const box = at(id);
  if (box.contains(document.activeElement)) return;
  box.replaceChildren();
  for (const [name, value] of Object.entries(switches)) {
    const label = add(box, 'label', name);
    let field;
    if (choices[name]) {
      field = add(label, 'select');
      for (const choice of choices[name]) field.append(new Option(choice, choice, false, choice === value));
      field.onchange = () => act(action, {[name]: choices[name][field.selectedIndex]});
    } else if (typeof value === 'boolean') {
      field = add(label, 'input');
      field.type = 'checkbox';
      field.checked = value;
      field.onchange = () => act(action, {[name]: field.checked});
    } else {
      field = add(label, 'input');
      field.type = 'number';
      field.value = value;
      field.onchange = () => act(action, {[name]: Number(field.value)});
    }
  }
}
function show(state) {
  at('clock').textContent = state.clock.slice(0, 10).split('-').reverse().join('/') + ' ' + state.clock.slice(11, 19);
  fill(at('kind'), state.fault_kinds);
  fill(at('route'), state.fault_routes);
  fill(at('canal'), state.channels);
  at('faults').replaceChildren();
  for (const fault of state.faults)
    add(at('faults'), 'li', `${fault.kind} · ${fault.phase} · ${fault.route} · ${fault.times || 'sempre'}`);
  showBoletos(state.boletos);
  showCelcoin(state.celcoin);
  showSwitches('switches', 'switches', state.switches, state.choices);
}
async function showRequests() {
  const requests = await call('requests?last=30');
  if (!requests) return;
  at('requests').replaceChildren();
  for (const item of requests.reverse()) {
    const row = add(at('requests'), 'tr');
    add(row, 'td', item.moment.slice(11, 19));
    add(row, 'td', item.route);
    add(row, 'td', item.method + ' ' + item.path);
    add(row, 'td', item.status || 'conexão cortada');
    add(row, 'td', item.fault);
  }
}
for (const button of document.querySelectorAll('[data-act]'))
  button.onclick = () => act(button.dataset.act, JSON.parse(button.dataset.body ?? '{}'));
at('day').onchange = () => at('day').value && act('clock', {set: at('day').value});
at('inject').onclick = () => act('faults', {kind: at('kind').value, phase: at('phase').value, route: at('route').value,
  times: Number(at('times').value), seconds: at('kind').value === 'delay' ? Number(at('seconds').value) : 0,
  status: at('kind').value === 'status' ? Number(at('status').value) : 0});
async function refresh() {
  const state = await call('state');
  if (state) { show(state); showRequests(); }
}
refresh();
setInterval(refresh, 3000);
"""

PAGE = f"""<!DOCTYPE html>
<html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Banco simulado · SIMULAÇÃO</title><link rel="icon" href="data:,"><style>{_STYLE}</style></head>
<body>{_BODY}<script>{_SCRIPT}</script></body></html>
"""
