/** What is behind an RPC proxy, and the sign-in that it wants of its own: the first one goes alone, and refused once it is not tried again. */
import type { Net } from '#lib/net/door.ts';
import type { RpcPlace } from '#lib/probes/judging/rpc-place.ts';
import type { FindingCode } from '#lib/result/catalogue/index.ts';
import { draft } from '#lib/result/finding.ts';
import type { StepResult } from '#lib/run/outcome.ts';
import type { Scope } from '#lib/run/scope.ts';
import type { Context } from '../context.ts';

/** What stands before the proxy breaks every connection in the same way; and where the proxy itself says no, nobody asks again. */
const ON_THE_WAY: readonly FindingCode[] = [
  'rpc.proxy-buffers',
  'rpc.channels-not-joined',
  'http.verb-blocked',
  'auth.inconsistent',
];

/** The password is not taken: by the proxy, or within RPC. */
const REFUSED: readonly FindingCode[] = ['auth.inconsistent', 'rpc.access-denied'];

/** Some servers say no by saying nothing: a password that has proven right nowhere is not tried a second time. */
const WITHOUT_A_WORD: readonly FindingCode[] = ['net.reset', 'rpc.no-answer'];

export class Behind {
  readonly place: RpcPlace;
  readonly context: Context;
  readonly #known = Promise.withResolvers<boolean>();
  #isSilent = false;

  constructor(place: RpcPlace, context: Context) {
    this.place = place;
    this.context = context;
  }

  /** Whether nothing behind the proxy can be reached at all; settles once the first service has been tried. */
  isHopeless(): Promise<boolean> {
    return this.#known.promise;
  }

  /** Whether a service has left a call unanswered. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Runs a group whose steps sign in within RPC, as far as the budget of the credential allows. */
  group<O>(
    scope: Scope<Net>,
    key: string,
    body: (group: Scope<Net>) => Promise<StepResult<O>>,
    worth: 'needed' | 'aside' = 'needed',
  ): Promise<StepResult<O>> {
    return scope.group(
      key,
      async (group) => {
        try {
          const result = await this.#permitted(group, body);
          this.#isSilent ||= !result.ok && result.codes.includes('rpc.no-answer');
          this.#known.resolve(!result.ok && result.codes.some((code) => ON_THE_WAY.includes(code)));
          return result;
        } finally {
          this.#known.resolve(false);
        }
      },
      worth,
    );
  }

  async #permitted<O>(group: Scope<Net>, body: (group: Scope<Net>) => Promise<StepResult<O>>): Promise<StepResult<O>> {
    const { host, password, acceptedBy } = this.place;
    if (password === null) return body(group);
    const permit = await this.context.budget.permit({
      authority: `RPC behind ${host}`,
      marks: [`named by ${acceptedBy}`],
    });
    if (!permit.granted) {
      const why = {
        what: `RPC behind ${host}`,
        reason: 'the sign-in within RPC was refused there before, and is not tried again',
      };
      return group.notTested('endpoint', draft('tool.not-tested', why));
    }
    const result = await body(group);
    const isRefused = refusing(this.place).some((code) => !result.ok && result.codes.includes(code));
    permit.settle(result.ok ? 'proven' : isRefused ? 'refused' : 'unknown');
    return result;
  }
}

/** Where the proxy lets everybody in, the sign-in within RPC is the first. */
const refusing = ({ method }: RpcPlace): readonly FindingCode[] =>
  method === null ? [...REFUSED, ...WITHOUT_A_WORD] : REFUSED;
