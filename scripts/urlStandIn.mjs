// For the library, which needs nothing but the language itself. The validator of JSON Schemas names the parts of a schema by
// addresses; ours are all inside of it (`#/$defs/day`), so an address and what stands behind `#` is all there is to know.
export class URL {
  /** @param {string} reference @param {string} [base] */
  constructor(reference, base = "") {
    const [address = "", ...fragment] = reference.split("#");
    this.address = address === "" ? (base.split("#")[0] ?? "") : address;
    this.hash = fragment.length === 0 ? "" : `#${fragment.join("#")}`;
  }

  get href() {
    const fragment = this.hash === "" || this.hash.startsWith("#") ? this.hash : `#${this.hash}`;
    return this.address + fragment;
  }
}
