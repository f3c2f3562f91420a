/** The bytes of an answer as a tree of XML; or what they are instead. */
import { decodeText } from '../xml/encoding.ts';
import { readXmlText, type XmlElement, type XmlFault, type XmlReading } from '../xml/reader.ts';
import type { Notebook } from './untidy.ts';

/** Why there is nothing to read. Line and column are those at which that shows; they count from 1. */
export interface DocumentFault {
  readonly kind: XmlFault['kind'] | 'html' | 'json' | 'xml' | 'text';
  /** A few words: "a web page (“Sign in”)". */
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

/** What came of reading a document: its content, and all that is odd about it; or why there is none. */
export type Decoded<Response> =
  | { readonly ok: true; readonly response: Response; readonly untidy: ReturnType<Notebook['list']> }
  | { readonly ok: false; readonly fault: DocumentFault };

export type DocumentResult =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly fault: DocumentFault };

/** How far into an answer a declaration or a web page is looked for: warnings of PHP are shorter. */
const LOOKED_AT = 4_096;

/** Reads the XML of an answer that came with this `Content-Type`. What is wrong, but does no harm to us, goes into the notebook. */
export function readDocument(bytes: Uint8Array, contentType: string | null, notebook: Notebook): DocumentResult {
  const { text } = readText(bytes, contentType, notebook);
  const reading = readAnywhere(text, notebook);
  if (!reading.ok) return { ok: false, fault: natureOf(text) ?? reading.fault };
  if (reading.root.name.toLowerCase() === 'html') return { ok: false, fault: natureOf(text) ?? webPage(text) };
  if (reading.after !== null) notebook.note('trailing-content', reading.after.reason);
  noteType(contentType, 'xml', notebook);
  return { ok: true, root: reading.root };
}

/** The text of an answer; notes what is odd about the way it is written down. */
export function readText(bytes: Uint8Array, contentType: string | null, notebook: Notebook): { readonly text: string } {
  const { text, notes } = decodeText(bytes, contentType);
  for (const { code, what } of notes) notebook.note(code, what);
  return { text };
}

/** An answer that is what was asked for should say so. An answer without a type says nothing wrong. */
export function noteType(contentType: string | null, wanted: 'xml' | 'json', notebook: Notebook): void {
  const type = (contentType ?? '').slice(0, LOOKED_AT).split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !type.includes(wanted)) notebook.note('content-type', type);
}

/** At the beginning; or, where that is no XML, from the declaration on. Lines and columns stay those of the whole text. */
function readAnywhere(text: string, notebook: Notebook): XmlReading {
  const whole = readXmlText(text);
  const at = text.slice(0, LOOKED_AT).indexOf('<?xml ');
  const before = text.slice(0, Math.max(0, at));
  const isBlank = before.trim() === '';
  if (isSound(whole) || at <= 0) {
    if (before !== '' && isBlank) notebook.note('leading-content', 'white space');
    return whole;
  }
  const later = readXmlText(before.replace(/[^\n]/g, ' ') + text.slice(at));
  if (later.ok) notebook.note('leading-content', isBlank ? 'white space' : 'text or markup');
  return later.ok ? later : whole;
}

/** A stray `<br/>` before the document is an element, too. */
function isSound(reading: XmlReading): boolean {
  return reading.ok && (reading.after === null || /^(autodiscover|envelope)$/i.test(reading.root.name));
}

/** What an answer is that is no XML at all; null where it is XML that breaks. */
function natureOf(text: string): DocumentFault | null {
  const start = text.trimStart();
  if (start === '') return { kind: 'empty', reason: 'the answer is empty', line: 1, column: 1 };
  if (isWebPage(start)) return webPage(start);
  if (isJson(start)) return { kind: 'json', reason: 'JSON instead of XML', line: 1, column: 1 };
  if (!start.slice(0, LOOKED_AT).includes('<')) return { kind: 'text', reason: 'plain text', line: 1, column: 1 };
  return null;
}

/** As {@link natureOf}, where JSON was wanted. */
export function notJson(text: string): DocumentFault {
  const fault = natureOf(text);
  if (fault !== null && fault.kind !== 'json') return fault;
  if (readXmlText(text).ok) return { kind: 'xml', reason: 'XML instead of JSON', line: 1, column: 1 };
  return { kind: 'malformed', reason: 'JSON that cannot be read', line: 1, column: 1 };
}

function isWebPage(text: string): boolean {
  const start = text.slice(0, LOOKED_AT).toLowerCase();
  if (start.startsWith('<?xml')) return /<!doctype html[\s>]/.test(start) || /<html[\s>]/.test(start);
  return (
    /^(<!--|<!doctype html\b|<html\b|<head\b|<body\b)/.test(start) && /<(!doctype html|html|head|body)\b/.test(start)
  );
}

function webPage(text: string): DocumentFault {
  const [, title] = /<title[^<>]{0,200}>([^<]{1,120})/i.exec(text.slice(0, LOOKED_AT)) ?? [];
  const named = title?.replace(/\s+/g, ' ').trim();
  return { kind: 'html', reason: named ? `a web page ("${named}")` : 'a web page', line: 1, column: 1 };
}

function isJson(text: string): boolean {
  if (!/^[[{"]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
