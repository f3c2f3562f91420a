/** One question: its name, why it is asked, the box, and what is wrong with the answer. */
import type { InputHTMLAttributes, ReactNode } from 'react';
import { Icon } from '#components/ui/icons.tsx';

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'form'> {
  /** Prefix of the ids, so that two forms can stand on one page. */
  form: string;
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function Field({ form, name, label, hint, error, className = '', ...input }: FieldProps) {
  const id = `${form}-${name}`;
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      <input
        id={id}
        name={name}
        className={`field mt-1.5 ${className}`}
        aria-describedby={described || undefined}
        aria-invalid={error === undefined ? undefined : true}
        {...input}
      />
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

export function FieldError({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} className="mt-1 flex items-start gap-1.5 text-sm text-bad">
      <Icon name="cross" className="mt-0.5" />
      {text}
    </p>
  );
}
