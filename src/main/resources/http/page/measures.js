// What the records of the metrics topic come to, of late and since the beginning. Their sums run since the beginning.
const WINDOW = 200;

const late = {label: 'of late', colour: '--mean'}, ever = {label: 'since the beginning', colour: '--mean', dashed: true};
const guess = (label, colour) => [{label, colour}, {label: `${label}, since the beginning`, colour, dashed: true}];

/** What the panels say and draw by what the label is: a number, a class, or one of two classes. */
export const KINDS = {
  number: {
    error: 'Error', errorNote: 'Each event is predicted before it is learned. Root mean squared error beside guessing the last value and the mean so far.',
    coverage: 'Coverage', coverageNote: 'Share of the labels inside the interval, of late and since the beginning. It should be at the dashed line.',
    errorLines: [late, ever, ...guess('last value', '--truth'), ...guess('mean so far', '--third')],
    coverageLines: [late, {...ever, colour: '--third', dashed: false}, {label: 'should be', colour: '--soft', dashed: true}],
  },
  class: {
    error: 'Accuracy', errorNote: 'Each event is predicted before it is learned. Share of the labels that were the likeliest class.',
    coverage: 'Log-loss', coverageNote: 'Mean negative log-probability of the label, nats.',
    errorLines: [late, ever], coverageLines: [late, ever],
  },
};
KINDS.binary = {
  ...KINDS.class, errorNote: 'Each event is predicted before it is learned. Share of the labels that were the likelier class, beside guessing the last class.',
  errorLines: [late, ever, ...guess('last class', '--truth')],
};

/** Which of the kinds some measures are of; the task tells two classes from more. */
export const kindOf = (measure, task) => measure.accuracy == null ? 'number' : task === 'binary' ? 'binary' : 'class';

/** For each record what it stands at, then the values of the error's lines and of the coverage's, and the labels that those of late are of. */
export function table(measures, kind, interval) {
  return measures.map((m, i) => {
    let j = i;
    while (j > 0 && m.n - measures[j].n < WINDOW) j--;
    const n = m.n - measures[j].n;
    const mean = name => [n > 0 ? (m[name] - measures[j][name]) / n : null, m.n > 0 ? m[name] / m.n : null];
    const of = (name, what) => mean(name).map(v => v == null ? null : what(v));
    const root = v => Math.sqrt(Math.max(0, v));
    if (kind === 'number') {
      return [m.eventsSeen, [...of('sumSquaredError', root), ...of('sumLastValueSquaredError', root), ...of('sumRunningMeanSquaredError', root)],
        [...mean('covered'), interval], n];
    }
    // Of classes 0 and 1 the squared distance of one label from the last is 1 where they differ.
    const last = kind === 'binary' ? of('sumLastValueSquaredError', v => 1 - v) : [];
    return [m.eventsSeen, [...mean('correct'), ...last], mean('sumNegativeLogLikelihood'), n];
  });
}
