export {
  encodeModel,
  type Attribute,
  type Graph,
  type Node,
  type TensorType,
  type Value,
  type Weight,
} from './model.ts';
