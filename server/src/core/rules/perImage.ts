/** What rules about images said, for as long as neither the image nor anything that they go by changes. */
import type { JudgedImage } from "../model/judgement.ts";
import type { Draft, Rule, RuleContext } from "./rule.ts";

interface Said {
  readonly scope: object;
  readonly isKept: boolean;
  readonly byRule: Map<Rule, readonly Draft[]>;
}

const SAID = new WeakMap<JudgedImage, Said>();

/** Asks rules about the images of one context. */
export class ImageRules {
  readonly #context: RuleContext;
  /** Of each image; `null` where it hangs on more than itself. */
  readonly #said: readonly (Said | null)[];

  /** `scope`: the same object for as long as all is the same that a rule may ask of the context, its images left out. */
  constructor(context: RuleContext, scope: object) {
    this.#context = context;
    this.#said = context.images.map((judged) => saidOf(judged, context, scope));
  }

  drafts(rule: Rule): readonly Draft[] {
    if (rule.isPerImage !== true) return rule.check(this.#context);
    const drafts: Draft[] = [];
    const { images } = this.#context;
    for (let i = 0; i < images.length; i++) {
      for (const draft of this.#draftsOf(rule, images[i] as JudgedImage, this.#said[i] ?? null)) drafts.push(draft);
    }
    return drafts;
  }

  #draftsOf(rule: Rule, judged: JudgedImage, said: Said | null): readonly Draft[] {
    const known = said?.byRule.get(rule);
    if (known !== undefined) return known;
    const drafts = rule.check({ ...this.#context, images: [judged] });
    said?.byRule.set(rule, drafts);
    return drafts;
  }
}

function saidOf(judged: JudgedImage, { keepers }: RuleContext, scope: object): Said | null {
  const { resolved, services } = judged.image.use;
  // Whether a fix in another file is safe hangs on all of this one.
  if (resolved.pieces.some(({ definition }) => definition !== null)) return null;
  const isKept = services.some((service) => keepers.has(service));
  const known = SAID.get(judged);
  if (known?.scope === scope && known.isKept === isKept) return known;
  const said = { scope, isKept, byRule: new Map() };
  SAID.set(judged, said);
  return said;
}
