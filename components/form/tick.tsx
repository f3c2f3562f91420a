/** A checkbox of a form that remembers what was ticked. */
import { Checkbox } from './checkbox.tsx';
import { entered, errorOf, type FormState } from './state.ts';

interface TickProps {
  form: string;
  state: FormState;
  name: string;
  label: string;
  hint: string;
}

export function Tick({ form, state, name, label, hint }: TickProps) {
  const checked = entered(state, name) !== '';
  return <Checkbox form={form} name={name} label={label} hint={hint} checked={checked} error={errorOf(state, name)} />;
}
