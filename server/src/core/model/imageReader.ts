/** Images of a file: which are caches, and what the tables say of them. What did not change is not asked for again. */
import type { Catalog } from "../catalog/catalog.ts";
import type { TextSource } from "../documents/folderIndex.ts";
import type { ImageUse } from "../documents/imageUse.ts";
import { Fact } from "../fact.ts";
import type { Interned } from "../interned.ts";
import { Mapped, Picked } from "../mapped.ts";
import type { UsedImage } from "../rules/rule.ts";
import type { DeclaredApp } from "./appVersion.ts";
import { type JudgedImage, judgeImage } from "./judgement.ts";
import { isJudged, type KnownImage, readImage, recogniseImage } from "./knownImage.ts";
import { appsOfImage, isCacheOnly, type Roles } from "./roles.ts";

/** Lists that follow from the images of a file. */
class ReadImages {
  readonly used = new Mapped<ImageUse, UsedImage>();
  readonly recognised = new Picked<UsedImage, KnownImage>();
  readonly judged = new Picked<KnownImage, KnownImage>();
  readonly invalid = new Picked<UsedImage, UsedImage>();
  readonly results = new Mapped<KnownImage, JudgedImage>();
}

export interface FoundImages {
  readonly used: readonly UsedImage[];
  readonly recognised: readonly KnownImage[];
  /** Those that tables speak of. */
  readonly judged: readonly KnownImage[];
  /** No image references. */
  readonly invalid: readonly UsedImage[];
}

/** By what the images of a file are judged. */
export interface ImageJudging {
  readonly apps: readonly DeclaredApp[];
  readonly roles: Roles | null;
  readonly asOf: string;
  readonly noticeDays: number;
}

export class ImageReader {
  readonly #catalog: Catalog;
  readonly #interned: Interned;
  readonly #lists = new Fact<TextSource, ReadImages>();
  readonly #judged = new WeakMap<KnownImage, { readonly inputs: readonly unknown[]; readonly judged: JudgedImage }>();

  constructor(catalog: Catalog, interned: Interned) {
    this.#catalog = catalog;
    this.#interned = interned;
  }

  read(source: TextSource, uses: readonly ImageUse[]): FoundImages {
    const lists = this.#lists.of(source, () => new ReadImages());
    const used = lists.used.of(uses, [], (use) => ({ use, read: readImage(use) }));
    const recognised = lists.recognised.of(used, [], ({ use }) => recogniseImage(use, this.#catalog));
    return {
      used,
      recognised,
      judged: lists.judged.of(recognised, [], (image) => (isJudged(image) ? image : null)),
      invalid: lists.invalid.of(used, [], (one) => (one.read.kind === "invalid" ? one : null)),
    };
  }

  /** In the order of the images. */
  judge(source: TextSource, images: readonly KnownImage[], judging: ImageJudging): readonly JudgedImage[] {
    const { roles, asOf, noticeDays } = judging;
    const apps = this.#interned.same(judging.apps);
    return this.#lists
      .of(source, () => new ReadImages())
      .results.of(images, [apps, roles, asOf, noticeDays], (image) => {
        const own = this.#interned.same(appsOfImage(image, apps, roles, source.path));
        return this.#judgeOne(image, [own, isCacheOnly(image, roles), asOf, noticeDays]);
      });
  }

  #judgeOne(image: KnownImage, inputs: JudgeInputs): JudgedImage {
    const known = this.#judged.get(image);
    if (known?.inputs.every((input, i) => input === inputs[i])) return known.judged;
    const [apps, isOnlyCache, asOf, noticeDays] = inputs;
    const judged = judgeImage(image, apps, this.#catalog, asOf, noticeDays, isOnlyCache);
    this.#judged.set(image, { inputs, judged });
    return judged;
  }
}

/** Apps, cache only, day and days of notice. */
type JudgeInputs = readonly [readonly DeclaredApp[], boolean, string, number];
