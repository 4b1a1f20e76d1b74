// Fills the page of an evaluation from the data that lie in it.
import {chart, number} from './charts.js';

const $ = id => document.getElementById(id);
const data = JSON.parse($('data').textContent);
const classes = data.classes.length > 0;
const text = (tag, words) => Object.assign(document.createElement(tag), {textContent: words});
const column = (rows, i) => rows.map(row => row[i]);

$('description').replaceChildren(...data.description.map(line => text('p', line)));
$('facts').replaceChildren(...Object.entries(data.facts).map(([name, value]) => {
  const fact = document.createElement('div');
  fact.append(text('dt', name.replace(/^baselines\.(.*)\./, '$1, ')), text('dd', number(value)));
  return fact;
}));

const wheels = [['--mean'], ['--truth'], ['--third'], ['--good']];
function byWindow(place, names, line) {
  const windows = data.windows.filter(w => w.n > 0);
  const known = names.filter(([field]) => windows.some(w => w.metrics[field] != null));
  if (windows.length === 0 || known.length === 0) {
    $(place).closest('section').hidden = true;
    return;
  }
  const lines = known.map(([, label], i) => ({label, colour: wheels[i % wheels.length][0]}));
  const values = known.map(([field]) => windows.map(w => w.metrics[field] ?? null));
  if (line != null) {
    lines.push({label: 'should be', colour: '--soft', dashed: true});
    values.push(windows.map(() => line));
  }
  chart($(place), {lines}).set([windows.map(w => w.from), ...values]);
}
const field = classes ? 'accuracy' : 'rmse';
byWindow('error', [[field, 'model'], [`baselines.${classes ? 'lastClass' : 'lastValue'}.${field}`, 'last value'],
  [`baselines.mean.${field}`, 'mean so far'], [`baselines.rls.${field}`, 'least squares']]);
if (classes) {
  $('error-title').textContent = 'Accuracy by window';
  $('coverage-title').textContent = 'Log-loss by window';
  $('coverage-note').textContent = 'Mean negative log-probability of the label, nats.';
  byWindow('coverage', [['logLoss', 'model']]);
} else {
  byWindow('coverage', [['coverage95', 'model']], data.level);
}

const bands = data.band;
if (classes) {
  $('band-what').textContent = 'The last rows: the probability that the label had.';
  chart($('band'), {height: 320, lines: [{label: 'probability of the label', colour: '--mean', dots: true}]})
    .set([column(bands, 0), column(bands, 9)]);
} else {
  chart($('band'), {height: 320, bands: [[3, 2]],
    lines: [{label: 'mean', colour: '--mean'}, {label: 'lower', colour: '--mean', faint: true}, {label: 'upper', colour: '--mean', faint: true},
      {label: 'label', colour: '--truth', dots: true}, {label: 'out of range', colour: '--bad', dots: true}]})
    .set([column(bands, 0), column(bands, 3), column(bands, 4), column(bands, 5), column(bands, 2), bands.map(b => b[8] ? b[3] : null)]);
}
chart($('doubt'), {lines: [{label: 'epistemic', colour: '--mean'}, {label: 'aleatoric', colour: '--truth'}]})
  .set([column(bands, 0), column(bands, 6), column(bands, 7)]);

if (classes) {
  $('calibration-note').textContent = 'How often the likeliest class was right, by how likely it was said to be; it should be on the dashed line.';
  chart($('calibration'), {lines: [{label: 'right', colour: '--mean'}, {label: 'should be', colour: '--soft', dashed: true}]})
    .set([column(data.bins, 0), column(data.bins, 1), column(data.bins, 0)]);
} else {
  $('calibration-note').textContent = 'Share of labels inside intervals of each level, calibrated and before; it should be on the dashed line.';
  chart($('calibration'), {lines: [{label: 'calibrated', colour: '--mean'}, {label: 'raw', colour: '--third'}, {label: 'should be', colour: '--soft', dashed: true}]})
    .set([column(data.levels, 0), column(data.levels, 1), column(data.levels, 2), column(data.levels, 0)]);
}

const total = data.ranks.reduce((sum, n) => sum + n, 0);
if (total === 0) {
  $('ranks').closest('section').hidden = true;
} else {
  const bins = data.ranks.length;
  chart($('ranks'), {shares: true, lines: [{label: 'labels', colour: '--mean', bars: true}, {label: 'should be', colour: '--soft', dashed: true}]})
    .set([data.ranks.map((n, i) => (i + 0.5) / bins), data.ranks.map(n => n * bins / total), data.ranks.map(() => 1)]);
}

$('curves').closest('section').hidden = data.curves.length === 0;
for (const {field, rows} of data.curves) {
  const figure = document.createElement('figure'), place = document.createElement('div');
  figure.append(text('figcaption', field), place);
  $('curves').append(figure);
  const ordered = typeof rows[0][0] === 'number';
  chart(place, {height: 140, legend: false, bands: [[3, 2]], ticks: ordered ? null : rows.map(row => String(row[0])),
    lines: [{label: 'mean', colour: '--mean'}, {label: 'lower', colour: '--mean', faint: true}, {label: 'upper', colour: '--mean', faint: true}]})
    .set([ordered ? column(rows, 0) : rows.map((row, i) => i), column(rows, 1), column(rows, 2), column(rows, 3)]);
}

function table(place, first, rows) {
  const head = document.createElement('tr');
  const name = value => classes ? data.classes[value] ?? value : number(value);
  head.append(...[first, 'row', 'time', 'label', 'said', classes ? 'probability of the label' : 'interval', 'out of range'].map(title => text('th', title)));
  $(place).replaceChildren(head, ...rows.map(([by, row, time, label, mean, lower, upper, , , out, share]) => {
    const line = document.createElement('tr');
    line.append(...[by == null ? '∞' : number(by), row, new Date(time).toISOString(), name(label), name(mean),
      classes ? number(share) : `${number(lower)} … ${number(upper)}`, out ? 'yes' : ''].map(words => text('td', words)));
    return line;
  }));
}
table('worst', 'nats', data.worst);
table('slowest', 'ms', data.slowest);
document.documentElement.dataset.ready = 'true';
