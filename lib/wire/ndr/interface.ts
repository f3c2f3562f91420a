import type { SyntaxId } from '../dce-rpc/syntax.ts';

/** What a client binds to. */
export interface RpcInterface extends SyntaxId {
  /** As the documents call it. */
  readonly name: string;
  /** Numbers of the calls that are made here. */
  readonly opnums: Readonly<Record<string, number>>;
}
