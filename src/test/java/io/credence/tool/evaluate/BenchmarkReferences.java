package io.credence.tool.evaluate;

import java.util.List;

/** Published figures, and computed ones, that stand beside ours. */
final class BenchmarkReferences {
    /** Rows of the RMSE table: concrete, kin8nm, power plant, red wine. */
    static final List<String> RMSE = List.of(
            "| Bayesian linear regression (floor) | 10.31 | 0.202 | 4.613 | 0.654 |",
            "| best diagonal EKF (rebayes) | 8.60 | 0.1204 | 4.238 | 0.659 |",
            "| LoFi, rank 10 | 7.27 | 0.121 | 4.20 | 0.650 |",
            "| L-RVGA, rank 10 | 7.28 | 0.119 | 4.22 | 0.651 |",
            "| full-covariance EKF | 6.45 | 0.100 | 4.13 | 0.657 |",
            "| full-covariance EKF, ten passes | 5.31 | 0.089 | 4.05 | 0.638 |");

    /** Rows of the log-likelihood table. */
    static final List<String> LOG_LIKELIHOOD = List.of(
            "| Bayesian linear regression (floor) | −3.754 | 0.179 | −2.949 | −0.996 |",
            "| variational, heteroscedastic, 40 and more passes (Wu et al. 2019) | −3.07 | 1.14 | −2.80 | −0.92 |");

    /** What others reach on the streams. */
    static final List<String> STREAMS = List.of(
            "References, over the whole stream:",
            "",
            "* fried, RMSE: MOA kNN 2.72, adaptive random forest 3.31, plain network of 50 units with Adam 1.43, noise 1.00;",
            "  intervals of AdaPI: 96.25 % coverage at 27.4 % of the target range.",
            "* elec2, accuracy and log-loss: plain online logistic regression 91.06 % and 0.293, best of River 90.64 %, the",
            "  last class 85.33 %.",
            "* bike (UCI Bike Sharing, Fanaee-T and Gama 2013), RMSE over the last half: running mean 212, the last hour's",
            "  value 122, the value a week ago 123; a plain two-layer network with Adam 64 to 76.");

    private BenchmarkReferences() {}
}
