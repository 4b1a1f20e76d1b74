/** Models as operators handle them: read from the posteriors topic, kept in files, changed by commands, and folded again. */
@NullMarked
package io.credence.stream.operate;

import org.jspecify.annotations.NullMarked;
