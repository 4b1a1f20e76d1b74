/** Tables of text, as people and programs write them: found out how they are written, read, and told what was decided. */
@Internal
@NullMarked
package io.credence.tool.csv;

import io.credence.Internal;
import org.jspecify.annotations.NullMarked;
