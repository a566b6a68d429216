/** What rules about images said, for as long as neither the image nor anything that they go by changes. */
import type { TextSource } from "../documents/folderIndex.ts";
import { Fact } from "../fact.ts";
import { Mapped } from "../mapped.ts";
import type { JudgedImage } from "../model/judgement.ts";
import type { Draft, Rule, RuleContext } from "./rule.ts";
import { Said, SaidOfAll } from "./said.ts";

interface SaidOfImage {
  readonly scope: object;
  readonly isKept: boolean;
  readonly said: Said<Rule, Draft>;
}

const SAID = new WeakMap<JudgedImage, SaidOfImage>();
const SAID_IN = new Fact<TextSource, Mapped<JudgedImage, Said<Rule, Draft> | null>>();

/** Asks rules about the images of one context. */
export class ImageRules {
  readonly #context: RuleContext;
  /** Of each image; `null` where it hangs on more than itself. */
  readonly #said: readonly (Said<Rule, Draft> | null)[];
  readonly #all: SaidOfAll<Rule, Draft>;
  /** What is told about one image, made when the first rule asks about it. */
  readonly #alone: RuleContext[] = [];

  /**
   * `rules`: all that will ask. `scope`: the same object for as long as all is the same that a rule may ask of the context, its images
   * left out.
   */
  constructor(context: RuleContext, source: TextSource, scope: object, rules: readonly Rule[]) {
    this.#context = context;
    const { images, keepers } = context;
    this.#said = SAID_IN.of(source, () => new Mapped()).of(images, [scope, keepers], (judged) =>
      saidOf(judged, keepers, scope),
    );
    this.#all = new SaidOfAll(this.#said, rules.filter(({ isPerImage }) => isPerImage === true).length);
  }

  drafts(rule: Rule): readonly Draft[] {
    if (rule.isPerImage !== true) return rule.check(this.#context);
    return this.#all.drafts(rule, (i) => {
      const ask = (): readonly Draft[] => rule.check(this.#contextOf(i));
      return this.#said[i]?.of(rule, ask) ?? ask();
    });
  }

  #contextOf(i: number): RuleContext {
    this.#alone[i] ??= { ...this.#context, images: [this.#context.images[i] as JudgedImage] };
    return this.#alone[i];
  }
}

function saidOf(judged: JudgedImage, keepers: ReadonlySet<string>, scope: object): Said<Rule, Draft> | null {
  const { resolved, services } = judged.image.use;
  // Whether a fix in another file is safe hangs on all of this one.
  if (resolved.pieces.some(({ definition }) => definition !== null)) return null;
  const isKept = services.some((service) => keepers.has(service));
  const known = SAID.get(judged);
  if (known?.scope === scope && known.isKept === isKept) return known.said;
  const said = new Said<Rule, Draft>();
  SAID.set(judged, { scope, isKept, said });
  return said;
}
