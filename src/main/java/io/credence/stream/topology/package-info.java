/** The Kafka Streams graph and its processors. */
@NullMarked
package io.credence.stream.topology;

import org.jspecify.annotations.NullMarked;
