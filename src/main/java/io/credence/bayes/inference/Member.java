package io.credence.bayes.inference;

import io.credence.bayes.linalg.CounterRandom;
import io.credence.bayes.network.Likelihood;
import io.credence.bayes.network.ParameterLayout.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * One of a model's networks with everything that it alone has learned: iterate, posterior, optimiser, noise, and how
 * many events it stands for.
 *
 * <p>{@link #posterior()} is what predicts, an average over recent steps of {@link #iterate()}, which the update rule
 * moves. Everything that is given out is for reading.
 */
final class Member {
    private static final double AVERAGE_LAG = 10;

    private final Shape shape;
    private final Posterior iterate;
    private final Posterior posterior;
    private final float[][] optimiser;
    private final Noise noise;
    private LastLayer last;
    private double memory;
    private long steps;

    private Member(Shape shape, Posterior iterate, Posterior posterior, float[][] optimiser, Noise noise) {
        this.shape = shape;
        this.iterate = iterate;
        this.posterior = posterior;
        this.optimiser = optimiser;
        this.noise = noise;
        this.last = LastLayer.create(shape);
    }

    /** A member that has learned nothing: μ drawn at the usual scale of initial weights, σ a share of that of the prior. */
    static Member create(Shape shape, String modelKey) {
        ModelSpec spec = shape.spec();
        Prior prior = Prior.of(shape.layout(), spec.network().priorScale());
        int size = shape.layout().size();
        CounterRandom random = CounterRandom.of(spec.seed(), CounterRandom.hash(modelKey), 0, Purpose.INITIAL);
        Posterior q = Posterior.of(new float[size], new float[size]);
        for (Layer layer : shape.layout().layers()) {
            boolean last = layer.end() == size;
            double scale = Math.sqrt(2.0 / layer.fanIn()) * (last ? 0.5 : 1);
            for (int i = layer.weights(); i < layer.biases(); i++) {
                q.mu()[i] = (float) (scale * random.gaussian());
            }
        }
        for (int i = 0; i < size; i++) {
            q.setSigma(i, (float) (spec.learning().optimiser().initialScale() * prior.deviations()[i]));
        }
        float[][] moments = new float[spec.learning().optimiser().rule().momentVectors()][size];
        return new Member(shape, q, q.copy(), moments, shape.counts() ? new Dispersion() : new ObservationNoise());
    }

    /** Number {@code index} of the members in a state. */
    static Member of(Shape shape, LearnerState state, int index) {
        int p = shape.layout().size();
        int vectors = shape.spec().learning().optimiser().rule().momentVectors();
        float[][] moments = new float[vectors][];
        for (int k = 0; k < vectors; k++) {
            moments[k] = part(state.optimiser(), index * vectors + k, p);
        }
        Member member = new Member(
                shape,
                Posterior.of(part(state.iterateMu(), index, p), part(state.iterateRho(), index, p)),
                Posterior.of(part(state.mu(), index, p), part(state.rho(), index, p)),
                moments,
                noise(shape, state, index));
        member.last = LastLayer.of(shape, part(state.lastLayer(), index, LastLayer.length(shape)));
        member.memory = Memory.events(state.memory(), index);
        member.steps = Memory.steps(state.memory(), index);
        return member;
    }

    private static Noise noise(Shape shape, LearnerState state, int index) {
        int length = shape.noiseLength();
        double[] stored = Arrays.copyOfRange(state.observationNoise(), index * length, (index + 1) * length);
        return shape.counts() ? new Dispersion(stored) : new ObservationNoise(stored);
    }

    /** The vectors of all members, one member after the other: {@code iterateMu iterateRho mu rho optimiser}. */
    static List<float[]> weights(List<Member> members) {
        return List.of(
                joined(members, m -> new float[][] {m.iterate.mu()}),
                joined(members, m -> new float[][] {m.iterate.rho()}),
                joined(members, m -> new float[][] {m.posterior.mu()}),
                joined(members, m -> new float[][] {m.posterior.rho()}),
                joined(members, m -> m.optimiser),
                joined(members, m -> new float[][] {m.last.stored()}));
    }

    private static float[] joined(List<Member> members, Function<Member, float[][]> part) {
        List<float[]> rows = new ArrayList<>();
        members.forEach(m -> rows.addAll(List.of(part.apply(m))));
        float[] joined = new float[rows.stream().mapToInt(row -> row.length).sum()];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, joined, at, row.length);
            at += row.length;
        }
        return joined;
    }

    /** The noise statistics of all members. */
    static double[] noises(List<Member> members) {
        return members.stream()
                .flatMapToDouble(m -> Arrays.stream(m.noise.toArray()))
                .toArray();
    }

    private static float[] part(float[] joined, int index, int size) {
        return Arrays.copyOfRange(joined, index * size, (index + 1) * size);
    }

    /** A copy that stands for at most that many events. */
    Member copy(double most) {
        float[][] moments = new float[optimiser.length][];
        Arrays.setAll(moments, k -> optimiser[k].clone());
        Member copy = new Member(shape, iterate.copy(), posterior.copy(), moments, noise.copy());
        copy.last = last.copy();
        copy.memory = Math.min(memory, most);
        copy.steps = steps;
        return copy;
    }

    /** What the update rule moves. */
    Posterior iterate() {
        return iterate;
    }

    /** What predicts, once anything was learned. */
    Posterior posterior() {
        return posterior;
    }

    Noise noise() {
        return noise;
    }

    /** The last layer's weights with their correlations. */
    LastLayer last() {
        return last;
    }

    /** How many events this member stands for: N, before the policy of the configuration. */
    double memory() {
        return memory;
    }

    /** Steps of the update rule ever taken. */
    long steps() {
        return steps;
    }

    /** Stands for some more events, up to a bound. */
    void remember(long events, double most) {
        memory = Math.min(memory + events, most);
    }

    /** Stands for that many events. */
    void remember(double events) {
        memory = events;
    }

    /** The likelihood with the noise as it stands, of labels in those units. */
    Likelihood likelihood(Standardisation units) {
        return noise.likelihood(shape, units);
    }

    /**
     * Moves the iterate by one step, and the posterior that predicts towards it (Polyak &amp; Juditsky 1992).
     *
     * <p>The step size is that of the member's memory: a member that stands for few events learns as fast as one that
     * has seen few.
     */
    void move(UpdateRule rule, ElboGradient gradient, Prior prior, double klWeight) {
        steps++;
        double age = Math.min(
                steps, Math.max(1, memory * shape.spec().learning().batch().innerSteps()));
        rule.apply(iterate, gradient, prior, klWeight, optimiser, new UpdateRule.Age(steps, age));
        double horizon = shape.spec().learning().optimiser().averageHorizon();
        float weight = (float) Math.max(AVERAGE_LAG / (steps + AVERAGE_LAG), 1 / horizon);
        posterior.moveTowards(iterate, Math.min(1, weight));
    }

    /** Moves every output. */
    void shift(double by) {
        rescale(shape, iterate, 1, by);
        rescale(shape, posterior, 1, by);
    }

    /** Rewrites the last layer so that mean + scale·f(x) stays what it was. */
    void rescale(double factor, double shift) {
        rescale(shape, iterate, factor, shift);
        rescale(shape, posterior, factor, shift);
        if (noise instanceof ObservationNoise standardised) {
            standardised.rescale(factor);
            last.rescale(factor);
        }
    }

    /** Follows a change of the unit of the labels, which are multiplied by that, with all of it but the variance of counts. */
    void multiply(double factor) {
        if (noise instanceof Dispersion counts) {
            counts.multiplied(factor);
        }
    }

    static void rescale(Shape shape, Posterior q, double factor, double shift) {
        rescale(shape, q.mu(), factor, shift);
        Layer last = last(shape);
        for (int i = last.weights(); i < last.end(); i += last.fanOut()) {
            q.scaleSigma(i, factor);
        }
    }

    /** The same of means alone. */
    static void rescale(Shape shape, float[] mu, double factor, double shift) {
        Layer last = last(shape);
        int outputs = last.fanOut();
        for (int i = last.weights(); i < last.end(); i += outputs) {
            mu[i] *= (float) factor;
        }
        mu[last.biases()] += (float) shift;
        if (outputs == 2) {
            mu[last.biases() + 1] += (float) (2 * Math.log(factor));
        }
    }

    private static Layer last(Shape shape) {
        return shape.layout().layers().get(shape.layout().layers().size() - 1);
    }
}
