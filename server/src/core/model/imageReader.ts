/** Images of a file: which are caches, and what the tables say of them. What did not change is not asked for again. */
import type { Catalog } from "../catalog/catalog.ts";
import type { TextSource } from "../documents/folderIndex.ts";
import type { ImageUse } from "../documents/imageUse.ts";
import { Fact } from "../fact.ts";
import { Mapped } from "../mapped.ts";
import type { UsedImage } from "../rules/rule.ts";
import type { DeclaredApp } from "./appVersion.ts";
import { type JudgedImage, judgeImage } from "./judgement.ts";
import { type KnownImage, readImage, recogniseImage } from "./knownImage.ts";

interface Read {
  readonly used: UsedImage;
  readonly recognised: KnownImage | null;
}

/** By what an image is judged. */
interface Judging {
  readonly apps: readonly DeclaredApp[];
  readonly isCacheOnly: boolean;
}

export class ImageReader {
  readonly #catalog: Catalog;
  readonly #read = new Fact<TextSource, Mapped<ImageUse, Read>>();
  readonly #judged = new WeakMap<KnownImage, { readonly inputs: readonly unknown[]; readonly judged: JudgedImage }>();

  constructor(catalog: Catalog) {
    this.#catalog = catalog;
  }

  read(
    source: TextSource,
    uses: readonly ImageUse[],
  ): { used: readonly UsedImage[]; recognised: readonly KnownImage[] } {
    const read = this.#read.of(source, () => new Mapped()).of(uses, [], (use) => this.#readOne(use));
    const recognised: KnownImage[] = [];
    for (const one of read) if (one.recognised !== null) recognised.push(one.recognised);
    return { used: read.map(({ used }) => used), recognised };
  }

  /** `apps` of the judging: the same list for as long as it holds the same. */
  judge(image: KnownImage, { apps, isCacheOnly }: Judging, asOf: string, noticeDays: number): JudgedImage {
    const inputs = [apps, isCacheOnly, asOf, noticeDays];
    const known = this.#judged.get(image);
    if (known?.inputs.every((input, i) => input === inputs[i])) return known.judged;
    const judged = judgeImage(image, apps, this.#catalog, asOf, noticeDays, isCacheOnly);
    this.#judged.set(image, { inputs, judged });
    return judged;
  }

  #readOne(use: ImageUse): Read {
    const used = { use, read: readImage(use) };
    return { used, recognised: recogniseImage(use, used.read, this.#catalog) };
  }
}
