/** A Kafka broker inside the process, for the demo, the benchmark and the tests. */
@NullMarked
package io.credence.tool.broker;

import org.jspecify.annotations.NullMarked;
