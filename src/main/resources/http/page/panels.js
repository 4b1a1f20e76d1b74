// The panels that draw what the event stream brings.
import {chart, join, number} from './charts.js';
import {KINDS, kindOf, table} from './measures.js';
import {verdict} from './trust.js';

const $ = id => document.getElementById(id);
const POINTS = 400;
const REPORTS = 600;

/** What the line of predictions is where it is no mean. */
const SAID = {
  binary: ([, name]) => `The line is the probability of class ${name ?? 1}`,
  multiclass: names => `The line is the likeliest class: ${names.slice(0, 12).map((name, i) => `${i} is ${name}`).join(', ')}${names.length > 12 ? ' …' : ''}`,
};

export function panels() {
  const band = chart($('band'), {
    time: true, height: 320, bands: [[3, 2]],
    lines: [{label: 'mean', colour: '--mean'}, {label: 'lower', colour: '--mean', faint: true}, {label: 'upper', colour: '--mean', faint: true},
      {label: 'label', sign: '●', colour: '--truth', dots: true},
      {label: 'flagged', sign: '◇', colour: '--alert', diamonds: true}, {label: 'warming up', sign: '●', colour: '--third', dots: true}],
  });
  const doubt = chart($('doubt'), {time: true, lines: [{label: 'epistemic', colour: '--mean'}, {label: 'aleatoric', colour: '--truth'}]});
  const elbo = chart($('elbo'), {lines: [{label: 'misfit', colour: '--mean'}, {label: 'distance from the prior', colour: '--truth'}]});
  const calibration = chart($('calibration'), {lines: [{label: 'came', colour: '--mean', marked: true}, {label: 'should be', colour: '--soft', dashed: true}]});
  const rate = chart($('rate'), {time: true, lines: [{label: 'scored', colour: '--mean'}, {label: 'learned', colour: '--truth'}]});
  let bands = [], labels = [], measures = [], alerts = [], rates = [], before = null;
  let error = null, coverage = null, kind = null, rows = [], told = '', service = {task: null, interval: null};

  const row = cells => {
    const tr = document.createElement('tr');
    cells.forEach(text => { tr.insertCell().textContent = text; });
    return tr;
  };
  const facts = pairs => $('facts').replaceChildren(...pairs.flatMap(([name, value]) => {
    const dt = document.createElement('dt'), dd = document.createElement('dd'), div = document.createElement('div');
    dt.textContent = name;
    dd.textContent = value;
    div.append(dt, dd);
    return [div];
  }));
  const stamp = ms => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

  // Where predictions were left out, the line breaks.
  const broken = rows => {
    const steps = rows.slice(1).map((r, i) => r[0] - rows[i][0]).filter(d => d > 0).sort((a, b) => a - b);
    const usual = steps[steps.length >> 1] ?? 0;
    return rows.flatMap((r, i) => i > 0 && usual > 0 && r[0] - rows[i - 1][0] > 20 * usual
      ? [[rows[i - 1][0] + usual / 2, ...Array(r.length - 1).fill(null)], r] : [r]);
  };

  function drawBands() {
    const said = broken(bands.map(b => [b[0] / 1000, b[1], b[2], b[3], b[7] ? b[1] : null, b[6] ? b[1] : null]).sort((a, b) => a[0] - b[0]));
    const from = said.length ? Math.min(...said.map(s => s[0])) : -Infinity;
    const came = labels.filter(l => l[0] / 1000 >= from).map(l => [l[0] / 1000, l[1]]);
    const [x, mean, lower, upper, alert, warm, label] = join(Object.assign(said, {width: 6}), Object.assign(came, {width: 2}));
    band.set([x, mean, lower, upper, label ?? x.map(() => null), alert, warm]);
    const warming = bands.filter(b => b[6]).length;
    $('band-note').textContent = warming ? `${warming} of these ${bands.length} predictions were made while the model was warming up.`
      : bands.length || !service.scores ? '' : 'No prediction of this model has come since the page began to follow it.';
    doubt.set(join(Object.assign(broken(bands.map(b => [b[0] / 1000, b[4], b[5]]).sort((a, b) => a[0] - b[0])), {width: 3})));
  }

  // What was given a probability, by that probability, and how much of it came: levels of intervals, classes in tenths.
  function drawCalibration() {
    const bins = new Map(), kept = labels.flatMap(l => l[2] ?? []);
    const tenths = new Set(kept.map(([p]) => p)).size > 12;
    for (const [p, came] of kept) {
      const key = tenths ? Math.min(9, Math.floor(10 * p)) : p, bin = bins.get(key) ?? [0, 0, 0];
      bins.set(key, [bin[0] + p, bin[1] + came, bin[2] + 1]);
    }
    const rows = [...bins.values()].map(([said, came, n]) => [said / n, came / n]).sort((a, b) => a[0] - b[0]);
    calibration.set([rows.map(r => r[0]), rows.map(r => r[1]), rows.map(r => r[0])]);
    const n = labels.filter(l => l[2]).length;
    $('calibration-note').textContent = n ? `Of the last ${n} labels whose events were seen being scored.`
      : 'No label has come yet of an event that was seen being scored; labels are joined to their events by credence.event.id.';
  }

  function drawLag(rows) {
    $('lag').replaceChildren(...rows.map(l => row([l.task, l.topic, l.records])));
  }

  // The lines of these two depend on what the label is, which only the first record says.
  function drawMeasures() {
    const next = measures.length ? kindOf(measures.at(-1), service.task) : kind ?? 'number';
    if (next !== kind) {
      kind = next;
      error?.close();
      coverage?.close();
      error = chart($('error'), {lines: KINDS[kind].errorLines});
      coverage = chart($('coverage'), {lines: KINDS[kind].coverageLines});
      $('h-error').textContent = KINDS[kind].error;
      $('error-note').textContent = KINDS[kind].errorNote;
      $('h-coverage').textContent = KINDS[kind].coverage;
      $('coverage-note').textContent = KINDS[kind].coverageNote;
    }
    rows = table(measures, kind, service.interval);
    const wide = (rows, lines) => Object.assign(rows, {width: 1 + lines.length});
    error.set(join(wide(rows.map(([x, values]) => [x, ...values]), KINDS[kind].errorLines)));
    coverage.set(join(wide(rows.map(([x, , values]) => [x, ...values]), KINDS[kind].coverageLines)));
    elbo.set(join(Object.assign(measures.map(m => [m.eventsSeen, m.elboFit, m.elboKl]), {width: 3})));
  }

  function drawTrust(tick) {
    const all = verdict({
      row: rows.at(-1), kind, interval: service.interval, warming: Boolean(bands.at(-1)?.[6]), tick, rates: rates.at(-1),
      flagged: [bands.length, bands.filter(b => b[7]).length],
    });
    const text = JSON.stringify(all);
    if (text === told) return;
    told = text;
    $('trust').replaceChildren(...all.map(({good, text: words}) => {
      const item = document.createElement('li');
      item.className = good === null ? '' : good ? 'good' : 'bad';
      item.textContent = words;
      return item;
    }));
  }

  const share = v => v == null ? '–' : `${(100 * v).toFixed(1)} %`;
  const quality = last => kind === 'number'
    ? [['Error since the beginning', number(last?.rmse ?? last?.nll)], ['Coverage', share(last?.coverage)]]
    : [['Accuracy', share(last?.accuracy)], ['Log-loss', number(last?.nll)]];

  function drawRates(tick) {
    const scored = Object.entries(tick.written);
    if (before && tick.at > before.at) {
      const seconds = (tick.at - before.at) / 1000;
      const of = ending => scored.filter(([topic]) => topic === ending).reduce((s, [topic, n]) => s + Math.max(0, n - (before.written[topic] ?? n)), 0) / seconds;
      rates = [...rates, [tick.at / 1000, of(tick.topics.scored), of(tick.topics.training)]].slice(-120);
      rate.set(join(Object.assign(rates.slice(), {width: 3})));
    }
    before = tick;
  }

  return {
    reset() { bands = []; labels = []; measures = []; alerts = []; drawBands(); drawMeasures(); drawCalibration(); },
    // The same for every model, and so it stays when another is chosen or the connection comes back.
    service(next) {
      service = next;
      $('band-what').textContent = `${SAID[next.task]?.(next.classes) ?? `The line is the mean, the band the interval that is to hold ${number(100 * next.interval)} % of the labels`}; dots are labels that came, hollow diamonds events that are uncertain or out of range. Over event time.`;
      $('h-layers').closest('section').hidden = !next.scores;
    },
    card(next) {
      $('layers').replaceChildren(...next.layers.map(layer => {
        const tr = row([layer.name, layer.weights, number(layer.median), '']);
        const meter = Object.assign(document.createElement('meter'), {min: 0, max: 1, value: layer.open});
        meter.setAttribute('aria-label', `share of ${layer.name}`);
        tr.cells[3].append(meter, ` ${Math.round(100 * layer.open)} %`);
        return tr;
      }));
    },
    tick(tick) {
      bands = [...bands, ...tick.bands].slice(-POINTS);
      labels = [...labels, ...tick.labels].slice(-2 * POINTS);
      measures = [...measures, ...tick.measures].slice(-REPORTS);
      const told = new Set();
      alerts = [...tick.alerts.slice().reverse(), ...alerts].filter(a => !told.has(a.episodeId) && told.add(a.episodeId)).slice(0, 20);
      if (tick.bands.length || tick.labels.length) drawBands();
      if (tick.labels.length) drawCalibration();
      if (tick.measures.length) drawMeasures();
      drawLag(tick.lag);
      drawRates(tick);
      drawTrust(tick);
      const last = measures.at(-1), said = bands.at(-1);
      const [, scored, learned] = rates.at(-1) ?? [0, null, null];
      facts([
        ['Last prediction', said ? `${number(said[1])}${said[2] == null ? '' : ` [${number(said[2])}, ${number(said[3])}]`}` : '–'],
        ...quality(last),
        ['Learned', last ? String(last.eventsSeen) : '–'],
        ['Memory', last ? `${number(last.memory)} events` : '–'],
        ['Version', last ? `${last.modelEpoch}.${last.modelStep}` : '–'],
        ['Model age', last ? `${Math.max(0, Math.round((tick.at - last.timestamp) / 1000))} s` : '–'],
        ['Scored a second', number(scored)],
        ['Learned a second', number(learned)],
        ['Rejected updates', last ? String(last.rejectedUpdates) : '–'],
        ['Still to read', tick.lag.length ? String(tick.lag.reduce((s, l) => s + l.records, 0)) : '–'],
        ['Dead letters', `${tick.deadLetters.total}${tick.deadLetters.earlier ? ' of late' : ''}`],
      ]);
      $('alerts').replaceChildren(...alerts.map(a => row([stamp(a.started), a.state === 'RESOLVED' ? 'over' : 'fires', String(a.events), [a.reasons.map(r => r.toLowerCase().replaceAll('_', ' ')).join(', '), ...a.features].filter(t => t).join(': '), a.eventId])));
      $('dead-note').textContent = tick.deadLetters.earlier ? `Records that could not be used. ${tick.deadLetters.total} are counted here; before them came at most ${tick.deadLetters.earlier}.`
        : 'Records that could not be used, since the topic began.';
      $('reasons').replaceChildren(...Object.entries(tick.deadLetters.reasons).flatMap(([reason, n]) => {
        const dt = document.createElement('dt'), dd = document.createElement('dd');
        dt.textContent = reason;
        dd.textContent = String(n);
        return [dt, dd];
      }));
      $('dead').replaceChildren(...tick.deadLetters.latest.map(d => row([d.reason, `${d.topic}-${d.partition}@${d.offset}`])));
    },
  };
}
