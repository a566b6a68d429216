/** A text that is edited as an editor edits it, with gaps (`core/gaps.ts`) and without. */
import { splice, withGaps } from "../../server/src/core/gaps.ts";
import { LineIndex } from "../../server/src/core/text.ts";

export interface Edit {
  /** Any number: it is taken modulo the length of the text. */
  readonly at: number;
  /** Characters that go away, those of one line at most. */
  readonly length: number;
  readonly text: string;
}

export class EditedText {
  bare: string;
  gapped: string;
  bareLines: LineIndex;
  lines: LineIndex;
  readonly #hasGaps: boolean;

  /** `hasGaps`: of a YAML file. */
  constructor(text: string, hasGaps = true) {
    this.bare = text;
    this.gapped = hasGaps ? withGaps(text) : text;
    this.#hasGaps = hasGaps;
    this.bareLines = new LineIndex(text);
    this.lines = new LineIndex(this.gapped);
  }

  apply({ at, length, text }: Edit): void {
    const from = this.bareLines.position(at % (this.bare.length + 1));
    const to = this.bareLines.position(this.bareLines.offset(from) + length);
    const cut = (lines: LineIndex): readonly [number, number] => {
      const start = lines.offset(from);
      return [start, Math.max(start, lines.offset(to))];
    };
    const [start, end] = cut(this.bareLines);
    this.bare = this.bare.slice(0, start) + text + this.bare.slice(end);
    this.bareLines = this.bareLines.edited(this.bare, start, end, start + text.length);
    const [first, last] = cut(this.lines);
    const spliced = splice(this.gapped, first, last, text);
    this.gapped = spliced?.text ?? (this.#hasGaps ? withGaps(this.bare) : this.bare);
    this.lines =
      spliced === null
        ? new LineIndex(this.gapped)
        : this.lines.edited(this.gapped, first, spliced.oldEnd, spliced.newEnd);
  }
}
