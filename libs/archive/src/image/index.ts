/** Root file systems out of container images, without a container engine. */
export { ImageError } from './errors.ts';
export {
  IMAGE_LIMITS,
  unpackImage,
  type ImageLimits,
  type UnpackOptions,
  type UnpackedImage,
} from './unpack.ts';
