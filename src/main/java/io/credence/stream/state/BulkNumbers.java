package io.credence.stream.state;

import java.nio.ByteBuffer;

/** Arrays of numbers in stored bytes: an int32 length, then the numbers, copied in bulk through buffer views. */
final class BulkNumbers {
    private BulkNumbers() {}

    static void put(ByteBuffer to, float[] numbers) {
        to.putInt(numbers.length);
        to.asFloatBuffer().put(numbers);
        to.position(to.position() + numbers.length * Float.BYTES);
    }

    static void put(ByteBuffer to, double[] numbers) {
        to.putInt(numbers.length);
        to.asDoubleBuffer().put(numbers);
        to.position(to.position() + numbers.length * Double.BYTES);
    }

    static float[] floats(ByteBuffer from) {
        float[] numbers = new float[Frame.getLength(from, Float.BYTES)];
        from.asFloatBuffer().get(numbers);
        from.position(from.position() + numbers.length * Float.BYTES);
        return numbers;
    }

    static double[] doubles(ByteBuffer from) {
        double[] numbers = new double[Frame.getLength(from, Double.BYTES)];
        from.asDoubleBuffer().get(numbers);
        from.position(from.position() + numbers.length * Double.BYTES);
        return numbers;
    }
}
