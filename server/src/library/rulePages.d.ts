/** Pages of the rules by id, put together by the build. */
declare module "rule-pages" {
  const pages: Readonly<Record<string, string>>;
  export default pages;
}
