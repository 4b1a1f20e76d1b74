"""What the posterior of a real target knows, a part of read_model.py: the page reading-the-model explains it."""
import numpy as np

sigmoid = lambda z: 1 / (1 + np.exp(-z))
ACTIVATIONS = {"relu": lambda z: np.maximum(0, z), "tanh": np.tanh, "silu": lambda z: z * sigmoid(z)}
SLOPES = {"relu": lambda z: z > 0, "tanh": lambda z: 1 - np.tanh(z) ** 2,
          "silu": lambda z: sigmoid(z) * (1 + z * (1 - sigmoid(z)))}
def of_member(mu, rho, last, x, sizes, activation):
    """The variance of the mean of events x [n, columns], to first order in the weights below the last layer."""
    variances, ones, layers, a, at = np.logaddexp(0, rho) ** 2, np.ones((len(x), 1)), [], x, 0
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        below, end, shape = np.hstack([a, ones]), at + (fan_in + 1) * fan_out, (fan_in + 1, fan_out)
        w = mu[at:end].reshape(shape)
        layers.append((w, below @ w, below**2 @ variances[at:end].reshape(shape), below))
        a, at = ACTIVATIONS[activation](below @ w), end
    size, phi = sizes[-2] + 1, layers[-1][3]
    moments, delta = np.zeros((size, size)), ones
    moments[np.tril_indices(size)] = last[:-4]
    precision = np.diag([last[-2]] * (size - 1) + [1]) + last[-4] * (moments + np.tril(moments, -1).T + np.diag(1e-6 * moments.diagonal()))
    variance = (phi @ np.linalg.inv(precision) * phi).sum(axis=1)
    for (_, z, t, _), (w, *_) in zip(layers[-2::-1], layers[:0:-1]):
        delta = delta @ w[:-1].T * SLOPES[activation](z)
        variance += (t * delta**2).sum(axis=1)
    return variance
def tell(model, moments, x, far, sizes, activation):
    """Adds to the moments of events the variance of their mean, none where draws are all that is known, and the noise's share."""
    if not len(model.lastLayer): return [m.update(known=None, share=1.0) for m in moments]
    size = sum((a + 1) * b for a, b in zip(sizes, sizes[1:]))
    members = len(model.mu) // size
    known = [of_member(*each, x, sizes, activation) + far**2 for each in zip(
        model.mu.reshape(-1, size), model.rho.reshape(-1, size), model.lastLayer.reshape(members, -1))]
    weight = model.memory[1] if members == 2 else 0
    earned = max(0, 2 * weight - 1)
    share = max(0.05, 1 - max(0, model.lastLayer[len(model.lastLayer) // members - 1]) / model.observationNoise[0])
    for m, champion, rival in zip(moments, known[0], known[-1]):
        apart = earned * (1 - weight) * m.get("apart", 0)
        m.update(known=float((1 - earned) * champion + earned * rival + apart), share=float(share))
