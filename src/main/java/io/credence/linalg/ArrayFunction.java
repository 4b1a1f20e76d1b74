package io.credence.linalg;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Element-wise functions of whole ND4J arrays, in place. */
public enum ArrayFunction {
    RELU {
        @Override
        void apply(INDArray array) {
            Transforms.relu(array, false);
        }
    },
    TANH {
        @Override
        void apply(INDArray array) {
            Transforms.tanh(array, false);
        }
    },
    SILU {
        @Override
        void apply(INDArray array) {
            array.muli(Transforms.sigmoid(array, true));
        }
    },
    GELU {
        @Override
        void apply(INDArray array) {
            INDArray inner =
                    array.mul(array).muli(GELU_CUBIC).addi(1).muli(array).muli(GELU_SCALE);
            array.muli(Transforms.tanh(inner, false).addi(1)).muli(0.5);
        }
    };

    private static final double GELU_CUBIC = 0.044715;
    private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

    abstract void apply(INDArray array);
}
