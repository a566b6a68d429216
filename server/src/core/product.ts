/** Names of the product, in one place. */
export const PRODUCT = "cache-compat";
export const REPOSITORY = "https://github.com/cache-compat/cache-compat";

/** The page of a rule. */
export function ruleDocs(rule: string): string {
  return `${REPOSITORY}/blob/main/data/rules/${rule}.md`;
}
