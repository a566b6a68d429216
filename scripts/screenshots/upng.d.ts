declare module "upng-js" {
  interface Image {
    readonly width: number;
    readonly height: number;
  }
  function decode(png: Uint8Array): Image;
  function toRGBA8(image: Image): ArrayBuffer[];
  /** With `colours` greater than 0 the picture gets a palette of so many. */
  function encode(frames: readonly ArrayBuffer[], width: number, height: number, colours: number): ArrayBuffer;
}
