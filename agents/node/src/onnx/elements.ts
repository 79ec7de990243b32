/** The arrays that hold a tensor's elements, by ONNX's names. Booleans are bytes. */
export const ELEMENTS = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
} as const;

export type ElementType = keyof typeof ELEMENTS;
/** Elements that are JavaScript's numbers. */
export type Numbers =
  Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;
export type Elements = Numbers | BigInt64Array | BigUint64Array;

export function isElementType(type: string): type is ElementType {
  return Object.hasOwn(ELEMENTS, type);
}

export const product = (dims: readonly number[]): number => dims.reduce((all, dim) => all * dim, 1);
