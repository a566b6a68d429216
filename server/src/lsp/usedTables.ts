/** The tables that the server judges by: built in, or downloaded by whoever has the network. The server itself never asks it. */
import { type Checker, checkerOf, judgeOffer, type TablesInUse, tablesInUse } from "../core/index.ts";
import type { TablesAnswer } from "./protocol.ts";

export class UsedTables {
  readonly #today: () => string;
  #inUse: TablesInUse;
  #checker: Checker;

  /** `stored`: what was downloaded before. */
  constructor(stored: string | null, today: () => string) {
    this.#today = today;
    this.#inUse = tablesInUse(stored, today());
    this.#checker = checkerOf(this.#inUse);
  }

  get checker(): Checker {
    return this.#checker;
  }

  /** Why what was downloaded before is not used; `null` where there is nothing to tell. */
  get note(): string | null {
    return this.#inUse.note;
  }

  /** A text that was downloaded, or `null` to go back to the built-in tables. */
  offer(text: string | null): TablesAnswer {
    const { catalog } = this.#checker;
    const present = `the ${catalog.dataFrom} data of ${catalog.dataAsOf}`;
    if (text === null) {
      this.#use(tablesInUse(null, this.#today()));
      return { kind: "used", message: `the built-in data of ${this.#checker.catalog.dataAsOf} is in use` };
    }
    const offer = judgeOffer(text, this.#inUse.tables, this.#today());
    if (offer.kind === "refused")
      return { kind: "refused", message: `${present} stays in use: the published tables are not taken: ${offer.why}` };
    if (offer.kind === "same") return { kind: "same", message: `nothing newer is published: ${present} stays in use` };
    this.#use({ tables: offer.tables, from: "downloaded", note: null });
    return { kind: "used", message: `data of ${offer.asOf} is in use now, instead of ${present}` };
  }

  #use(inUse: TablesInUse): void {
    this.#inUse = inUse;
    this.#checker = checkerOf(inUse);
  }
}
