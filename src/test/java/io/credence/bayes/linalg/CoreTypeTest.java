package io.credence.bayes.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class CoreTypeTest {
    private static final String WIDE = "fpu avx2 fma avx512f avx512dq avx512cd avx512bw avx512vl";

    @Test
    void shouldAskForWideKernelsWhenTheBlasDoesNotKnowTheProcessor() {
        assertEquals("SKYLAKEX", CoreType.of("AuthenticAMD", WIDE));
    }

    @Test
    void shouldLeaveTheChoiceToTheBlasWhenItKnowsBetter() {
        assertNull(CoreType.of("GenuineIntel", WIDE));
        assertNull(CoreType.of("AuthenticAMD", "fpu avx2 fma"));
        assertNull(CoreType.of("AuthenticAMD", "fpu avx512f avx512dq avx512bw"));
        assertNull(CoreType.of("", ""));
    }
}
