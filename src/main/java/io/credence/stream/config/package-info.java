/** Every {@code credence.*} key, its default, validator and documentation, and the typed values made from them. */
@NullMarked
package io.credence.stream.config;

import org.jspecify.annotations.NullMarked;
