import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver";
import {
  completeAt,
  completeEnv,
  confCompletion,
  confCompletionFolder,
  describeReference,
  type EnvInput,
  hoverVariable,
  isTypedKey,
  type Report,
  type RichText,
} from "../../core/index.ts";
import type { ClientAbilities } from "../convert.ts";
import { isYaml, type OpenDocument } from "../documents.ts";
import { type Position, toOffset, toRange } from "../positions.ts";
import type { Session } from "../session.ts";

/** What an item carries to its resolve: enough to describe it again. */
interface ItemData {
  readonly uri: string;
  readonly reference?: string;
  readonly variable?: { readonly name: string; readonly app: string };
}

/** The protocol has no completion over line breaks: where what is typed goes on over one, nothing is offered. */
export async function completion(
  session: Session,
  document: OpenDocument,
  position: Position,
  today: string,
): Promise<CompletionList | null> {
  const list = await allItems(session, document, position, today);
  if (list === null) return null;
  const items = list.items.filter(({ textEdit }) => {
    const range = textEdit !== undefined && "range" in textEdit ? textEdit.range : null;
    return range === null || range.start.line === range.end.line;
  });
  return { ...list, items };
}

async function allItems(
  session: Session,
  document: OpenDocument,
  position: Position,
  today: string,
): Promise<CompletionList | null> {
  const { encoding } = session.documents;
  if (isYaml(document) && isTypedKey(document.lines, toOffset(document.lines, position, encoding)))
    return { isIncomplete: false, items: [] };
  // Loads what the file needs; the text with the placeholder needs the same.
  const report = await session.contentOf(document);
  if (report.kind === null) return null;
  if (report.conf !== null) return await confItems(session, report, toOffset(report.lines, position, encoding));
  if (report.env !== null)
    return envItems(session, report, report.env, document.uri, toOffset(report.lines, position, encoding));
  const request = {
    ...(await session.judging(document.path, document.uri)),
    source: { path: document.path, text: document.text, languageId: document.languageId },
    today,
  };
  const { items, isIncomplete } = completeAt(
    session.checker,
    request,
    report,
    toOffset(report.lines, position, encoding),
  );
  return {
    isIncomplete,
    items: items.map((item) => ({
      label: item.label,
      kind: CompletionItemKind.Value,
      detail: item.detail,
      sortText: item.sortText,
      ...filterOf(item),
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: toRange(report.lines, item.span, encoding), newText: item.newText },
      ...(item.isEnded ? { tags: [CompletionItemTag.Deprecated] } : {}),
      data: { uri: document.uri, reference: item.reference } satisfies ItemData,
    })),
  };
}

/** Told only where the label does not do: Neovim before 0.8 takes the edit's range for the typed text only without it. */
function filterOf({ label, newText }: { readonly label: string; readonly newText: string }): { filterText?: string } {
  return newText.startsWith(label) ? {} : { filterText: newText };
}

const CONF_KINDS = {
  directive: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  file: CompletionItemKind.File,
} as const;

async function confItems(session: Session, report: Report, offset: number): Promise<CompletionList> {
  const folder = confCompletionFolder(report, offset);
  if (folder !== null && session.files.list(folder) === undefined) await session.files.load([], [folder]);
  const items = confCompletion(session.checker, report, offset, session.files).map(
    (item): CompletionItem => ({
      label: item.label,
      kind: CONF_KINDS[item.kind],
      detail: item.detail,
      documentation: item.documentation,
      sortText: item.sortText,
      ...filterOf(item),
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: toRange(report.lines, item.span, session.documents.encoding), newText: item.newText },
      ...(item.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
    }),
  );
  return { isIncomplete: false, items };
}

function envItems(session: Session, report: Report, input: EnvInput, uri: string, offset: number): CompletionList {
  const items = completeEnv(input, offset).map(
    (item): CompletionItem => ({
      label: item.label,
      kind: item.kind === "variable" ? CompletionItemKind.Variable : CompletionItemKind.Value,
      detail: item.detail,
      sortText: item.sortText,
      ...filterOf(item),
      insertTextFormat: InsertTextFormat.PlainText,
      textEdit: { range: toRange(report.lines, item.span, session.documents.encoding), newText: item.newText },
      ...(item.isDeprecated ? { tags: [CompletionItemTag.Deprecated] } : {}),
      ...(item.variable === null ? {} : { data: { uri, variable: item.variable } }),
    }),
  );
  return { isIncomplete: false, items };
}

export async function resolveCompletion(
  session: Session,
  item: CompletionItem,
  abilities: ClientAbilities,
): Promise<CompletionItem> {
  const data = item.data as Partial<ItemData> | undefined;
  const document = typeof data?.uri === "string" ? session.documents.get(data.uri) : undefined;
  if (data === undefined || document === undefined) return item;
  const text = await describe(session, data, document);
  if (text === null) return item;
  return {
    ...item,
    documentation: abilities.markdown
      ? { kind: MarkupKind.Markdown, value: text.markdown }
      : { kind: MarkupKind.PlainText, value: text.plain },
  };
}

/** What an item stands for: an image, or a variable of an app. */
async function describe(session: Session, data: Partial<ItemData>, document: OpenDocument): Promise<RichText | null> {
  const report = await session.contentOf(document);
  if (typeof data.reference === "string") return describeReference(data.reference, report, session.checker);
  const app = report.env?.apps.find((candidate) => candidate.app === data.variable?.app);
  return app === undefined || typeof data.variable?.name !== "string" ? null : hoverVariable(app, data.variable.name);
}
