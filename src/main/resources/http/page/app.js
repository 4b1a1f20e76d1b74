// The page: chooses a model, follows its event stream, and asks the API for the rest.
import {panels} from './panels.js';
import {whatIf} from './whatif.js';
import {drawTopology} from './topology.js';

const $ = id => document.getElementById(id);
const API = '/api/v1';
const REFRESH_MS = 5000;
let model = null, stream = null, card = null, scores = true, classes = [];

class Problem extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? `The service answered ${status}.`);
    this.status = status;
  }
}

async function call(path, body) {
  const answer = await fetch(API + path, body ? {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)} : {});
  if (!answer.ok) throw new Problem(answer.status, await answer.json().catch(() => null));
  return answer.status === 204 ? null : answer.json();
}

const at = name => `/models/${encodeURIComponent(name)}`;
const view = panels();
const guess = whatIf(async (events, explain = false) => (await call(`${at(model)}/predict`, {events, explain})).predictions);

function status(text, kind) {
  if ($('status').textContent !== text) $('status').textContent = text;
  $('status').className = kind;
}

function choose(name) {
  if (!name || name === model) return;
  model = name;
  card = null;
  $('model').value = name;
  stream?.close();
  open();
  refreshCard();
}

function open() {
  stream?.close();
  if (!model) return;
  const mine = stream = new EventSource(`${API}${at(model)}/live`);
  // A connection that comes back brings everything of late again.
  mine.onopen = () => view.reset();
  mine.onmessage = message => {
    const tick = JSON.parse(message.data);
    status(tick.ready ? 'running' : `not ready: ${tick.state}`, tick.ready ? 'good' : 'bad');
    view.tick(tick);
  };
  mine.onerror = () => {
    if (mine !== stream) return;
    status('connection lost, trying again …', 'bad');
    if (mine.readyState === EventSource.CLOSED) setTimeout(() => { if (mine === stream) open(); }, 1000);
  };
}

async function refreshCard() {
  if (!scores) return;
  const asked = model;
  try {
    const next = await call(at(asked));
    // Another model may have been chosen meanwhile, and its own card be here already.
    if (asked !== model) return;
    view.card(next);
    const changed = !card || JSON.stringify(card.features.map(f => f.field)) !== JSON.stringify(next.features.map(f => f.field))
      || (card.warmingUp && !next.warmingUp);
    card = next;
    if (changed) guess.build(next, classes);
    else guess.refresh(next);
  } catch (problem) {
    if (problem.status === 401) login();
  }
}

async function refreshModels() {
  try {
    const {models, total, ...service} = await call(`/models?search=${encodeURIComponent($('search').value)}`);
    scores = service.scores;
    classes = service.classes;
    view.service(service);
    if (!scores) guess.refuse('This service only learns: it does not score, so there is nobody to ask.');
    const found = total > models.length ? `The first ${models.length} of ${total} models by name; a search finds the others.`
      : total === 1 ? 'One model.' : `${total} models.`;
    if ($('found').textContent !== found) $('found').textContent = found;
    $('list').replaceChildren(...models.map(m => {
      const tr = document.createElement('tr'), pick = document.createElement('button');
      pick.className = 'link';
      pick.textContent = m.name;
      pick.addEventListener('click', () => choose(m.name));
      tr.insertCell().append(pick);
      [`${m.epoch}.${m.step}`, m.warmingUp ? `${m.events}, warming up` : m.events, m.publishedAt.slice(0, 19).replace('T', ' ')].forEach(t => { tr.insertCell().textContent = t; });
      return tr;
    }));
    $('models').replaceChildren(...models.map(m => new Option(m.name)));
    if (!model) choose(models[0]?.name);
    else if (!card) refreshCard();
  } catch (problem) {
    if (problem.status === 401) login();
    else status(problem.status ? problem.message : 'the service does not answer', 'bad');
  }
}

function login() {
  $('login').hidden = false;
  $('panels').hidden = true;
  stream?.close();
  stream = null;
  model = null;
  status('a token is needed', 'bad');
}

$('login').addEventListener('submit', async event => {
  event.preventDefault();
  try {
    await call('/session', {token: $('token').value});
    $('token').value = '';
    $('login').hidden = true;
    $('panels').hidden = false;
    start();
  } catch (problem) {
    $('refused').textContent = problem.message;
  }
});
$('choice').addEventListener('submit', event => { event.preventDefault(); choose($('model').value); });
$('model').addEventListener('change', () => choose($('model').value));
$('search').addEventListener('input', refreshModels);
$('features').addEventListener('submit', event => event.preventDefault());

async function start() {
  await refreshModels();
  try {
    drawTopology($('topology'), (await call('/topology')).nodes);
  } catch (problem) {
    if (problem.status === 401) login();
  }
}
start();
setInterval(() => { if ($('login').hidden) { refreshModels(); if (model) refreshCard(); } }, REFRESH_MS);
