declare module "example-files" {
  /** Text by path, made by `scripts/exampleFiles.mjs`. */
  const files: Readonly<Record<string, string>>;
  export default files;
}
