/** The Kafka Streams graph and its processors. */
@NullMarked
package io.credence.topology;

import org.jspecify.annotations.NullMarked;
