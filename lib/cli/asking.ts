/** Questions of a run at the command line: the terminal is asked. Where there is none, a code is printed all the same, and nobody else asked. */
import { createInterface } from 'node:readline/promises';
import type { Answer, Question, RunEvent } from '#lib/result/events.ts';
import { type Confided, questionWords } from '#lib/result/question.ts';
import { Questions } from '#lib/run/questions.ts';
import type { LiveTree } from './live.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  /** Somebody sits there, and standard input is not taken by a secret. */
  readonly attended: boolean;
}

export class Asking {
  readonly questions: Questions;
  readonly #terminal: Terminal;
  readonly #live: LiveTree;
  readonly #domain: string | null;
  readonly #open = new Map<string, AbortController>();
  /** One question at a time. */
  #turn: Promise<void> = Promise.resolve();

  constructor(terminal: Terminal, live: LiveTree, domain: string | null) {
    this.#terminal = terminal;
    this.#live = live;
    this.#domain = domain;
    this.questions = new Questions((_question, confided) => this.#tell(confided));
  }

  /** Every event of the run comes by here. */
  hear(event: RunEvent): void {
    if (event.kind === 'answered') this.#open.get(event.question)?.abort();
    if (event.kind !== 'asked' || event.question.kind === 'device-code') return;
    if (this.#terminal.attended) this.#await(event.question);
    else this.questions.answer(event.question.id, 'none');
  }

  #await(question: Question): void {
    const closed = new AbortController();
    this.#open.set(question.id, closed);
    this.#turn = this.#turn.then(() => this.#ask(question, closed.signal));
  }

  #tell({ verificationUri, userCode }: Confided): void {
    this.#live.pause();
    this.#terminal.output.write(`To sign in, open ${verificationUri} and type the code ${userCode}\n`);
    this.#live.resume();
  }

  async #ask(question: Question, closed: AbortSignal): Promise<void> {
    if (closed.aborted) return;
    const { asks, why } = questionWords(question, this.#domain);
    this.#live.pause();
    const said = await readLine(this.#terminal, `${why}\n${asks} [y/N] `, closed);
    this.#live.resume();
    this.questions.answer(question.id, answerOf(said));
  }
}

/** Null where the question was closed, or the input has ended. */
async function readLine({ input, output }: Terminal, prompt: string, closed: AbortSignal): Promise<string | null> {
  // The terminal keeps its own way with lines: so Ctrl+C goes to the run.
  const reader = createInterface({ input, output, terminal: false });
  const { promise: over, resolve: end } = Promise.withResolvers<null>();
  reader.once('close', () => end(null));
  try {
    return await Promise.race([reader.question(prompt, { signal: closed }).catch(() => null), over]);
  } finally {
    reader.close();
    if (closed.aborted) output.write('\n');
  }
}

function answerOf(said: string | null): Answer {
  if (said === null) return 'none';
  return /^y(es)?$/i.test(said.trim()) ? 'yes' : 'no';
}
