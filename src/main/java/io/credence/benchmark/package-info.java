/** What a deployment can expect of a machine: the compute kernels alone, and the whole service on an embedded broker. */
@NullMarked
package io.credence.benchmark;

import org.jspecify.annotations.NullMarked;
