/** Text in which long names may break: after the dots of a host, after @ and after slashes. Never overflows, never hyphenates. */
import { Fragment } from 'react';

/** The pieces between which a line may end. Dots that end a sentence or stand in a number stay where they are. */
export function pieces(text: string): string[] {
  return text.split(/(?<=[\p{L}\d-][.@])(?=[\p{L}][\p{L}\d-]*)|(?<=\/)(?=[^/\s])/u);
}

export function Breakable({ text }: { text: string }) {
  return pieces(text).map((piece, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text have no other name, and a new text is drawn anew
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}
