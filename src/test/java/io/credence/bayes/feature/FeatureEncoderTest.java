package io.credence.bayes.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.credence.bayes.feature.Rejection.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {
    private static final double NAN = Double.NaN;

    @Test
    void shouldLayOutColumnsInOrderWhenKindsAreMixed() {
        FeatureEncoder encoder = encoder("t,w?:onehot(a,b),f:boolean,c:cyclic(4),p?");
        assertEquals(
                List.of("t", "w=a", "w=b", "w=missing", "f", "c:sin1", "c:cos1", "p", "p=missing"), encoder.columns());
        assertEquals(9, encoder.width());
        boolean[] expected = {true, false, false, false, false, false, false, true, false};
        assertArrayEquals(expected, encoder.standardised());
        assertArrayEquals(
                new double[] {1.5, 0, 1, 0, 1, 1, 0, NAN, 1}, values(encoder, "1.5", "b", true, 1, null), 1e-6);
        assertArrayEquals(new double[] {-2, NAN, NAN, 1, 0, 0, -1, 3, 0}, values(encoder, -2L, null, 0, 2.0, 3), 1e-6);
    }

    @Test
    void shouldReadNumbersWhenTheyComeInAnyType() {
        FeatureEncoder encoder = encoder("x");
        assertEquals(3.5, values(encoder, " 3.5 ")[0]);
        assertEquals(1, values(encoder, true)[0]);
        assertEquals(-7, values(encoder, -7)[0]);
        assertEquals(1500, values(encoder, Instant.ofEpochMilli(1500))[0]);
    }

    @Test
    void shouldRejectWhenANumberIsNotFinite() {
        for (Object bad : new Object[] {
            Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Double.NaN, 1e39, -1e300, "Infinity", "1e400"
        }) {
            assertReason(Reason.NON_FINITE_FEATURE, encoder("x"), bad);
        }
        assertReason(Reason.NON_FINITE_FEATURE, encoder("x?"), Double.POSITIVE_INFINITY);
        assertReason(Reason.NON_FINITE_FEATURE, encoder("x:cyclic(24)"), Double.NaN);
        assertEquals(1, values(encoder("x?"), Double.NaN)[1], "NaN is a missing value where one may be missing");
    }

    @Test
    void shouldRejectWhenAValueIsMissingOrOfAnotherKind() {
        assertReason(Reason.MISSING_FEATURE, encoder("x"), (Object) null);
        assertReason(Reason.BAD_FEATURE, encoder("x"), "warm");
        assertReason(Reason.BAD_FEATURE, encoder("x:boolean"), "maybe");
        assertReason(Reason.BAD_FEATURE, encoder("x:boolean"), 2);
        assertReason(Reason.BAD_FEATURE, encoder("x:time(hour)"), "yesterday");
        assertReason(Reason.BAD_FEATURE, encoder("x:time(hour)"), Double.NaN);
        assertReason(Reason.BAD_FEATURE, encoder("x:time(hour)"), 1e30);
        String detail = reject(encoder("x"), "w".repeat(500)).detail();
        assertTrue(detail.contains("'x'") && detail.length() < 200, detail);
    }

    @Test
    void shouldFollowThePolicyWhenACategoryIsUnseen() {
        List<FeatureSpec> specs = FeatureSpec.parseList("w:onehot(1,x)");
        FeatureEncoder zero = new FeatureEncoder(specs, UnseenCategory.ZERO);
        assertArrayEquals(new double[] {0, 0}, values(zero, "storm"));
        assertArrayEquals(new double[] {1, 0}, values(zero, 1.0), "1.0, 1 and \"1\" are one category");
        FeatureEncoder reject = new FeatureEncoder(specs, UnseenCategory.REJECT);
        assertReason(Reason.UNSEEN_CATEGORY, reject, "storm");
        assertArrayEquals(new double[] {0, 1}, values(reject, " x "));
    }

    @Test
    void shouldSpreadCategoriesWhenHashed() {
        FeatureEncoder encoder = encoder("city:hash(8)");
        int[] counts = new int[8];
        for (int i = 0; i < 800; i++) {
            double[] x = values(encoder, "city-" + i);
            int ones = 0;
            for (int k = 0; k < 8; k++) {
                counts[k] += (int) x[k];
                ones += (int) x[k];
            }
            assertEquals(1, ones);
        }
        for (int count : counts) {
            assertTrue(count > 50 && count < 160, "bucket of " + count);
        }
        assertArrayEquals(values(encoder, 5), values(encoder, "5"));
        /* FNV-1a 32 of "a" is 0xE40C292C, a reference vector of its authors; its last three bits are 4. */
        assertEquals(1, values(encoder, "a")[4]);
    }

    @Test
    void shouldTurnOnceAPeriodWhenCyclic() {
        FeatureEncoder encoder = encoder("h:cyclic(24,2)");
        assertEquals(List.of("h:sin1", "h:cos1", "h:sin2", "h:cos2"), encoder.columns());
        assertArrayEquals(new double[] {1, 0, 0, -1}, values(encoder, 6), 1e-6);
        assertArrayEquals(values(encoder, 5), values(encoder, 29), 1e-6);
        assertArrayEquals(values(encoder, 23), values(encoder, -1), 1e-6);
    }

    @Test
    void shouldRefuseWhenThereIsNoFeatureOrOneTwice() {
        assertThrows(IllegalArgumentException.class, () -> encoder(""));
        assertThrows(IllegalArgumentException.class, () -> encoder("a,b,a:numeric"));
    }

    private static FeatureEncoder encoder(String features) {
        return new FeatureEncoder(FeatureSpec.parseList(features), UnseenCategory.ZERO);
    }

    private static double[] values(FeatureEncoder encoder, Object... raw) {
        return encoder.encode(i -> raw[i]).fold(FeatureVector::values, r -> {
            throw new AssertionError(r.toString());
        });
    }

    private static Rejection reject(FeatureEncoder encoder, Object... raw) {
        return encoder.encode(i -> raw[i])
                .fold(
                        v -> {
                            throw new AssertionError("accepted as " + v);
                        },
                        r -> r);
    }

    private static void assertReason(Reason reason, FeatureEncoder encoder, Object... raw) {
        assertEquals(reason, reject(encoder, raw).reason(), Arrays.toString(raw));
    }
}
