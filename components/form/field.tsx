/** One question: its name, why it is asked, the box, and what is wrong with the answer. */
import type { InputHTMLAttributes, ReactNode, TextareaHTMLAttributes } from 'react';
import { Icon } from '#components/ui/icons.tsx';

interface QuestionProps {
  /** Prefix of the ids, so that two forms can stand on one page. */
  form: string;
  name: string;
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

type FieldProps = QuestionProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'form'>;

export function Field({ form, name, label, hint, error, className = '', ...input }: FieldProps) {
  return (
    <Question form={form} name={name} label={label} hint={hint} error={error}>
      <input {...boxProps({ form, name, hint, error })} className={`field mt-1.5 ${className}`} {...input} />
    </Question>
  );
}

type TextFieldProps = QuestionProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'form'>;

/** The same for an answer of several lines. */
export function TextField({ form, name, label, hint, error, className = '', ...input }: TextFieldProps) {
  return (
    <Question form={form} name={name} label={label} hint={hint} error={error}>
      <textarea {...boxProps({ form, name, hint, error })} className={`field mt-1.5 block ${className}`} {...input} />
    </Question>
  );
}

/** Label, hint and error around any box; the box takes `boxProps`. */
export function Question({ form, name, label, hint, error, children }: QuestionProps & { children: ReactNode }) {
  const id = `${form}-${name}`;
  return (
    <div>
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-sm text-soft wrap-anywhere">
          {hint}
        </p>
      )}
      {children}
      {error !== undefined && <FieldError id={`${id}-error`} text={error} />}
    </div>
  );
}

/** What ties the box to its label, hint and error. */
export function boxProps({ form, name, hint, error }: Omit<QuestionProps, 'label'>) {
  const id = `${form}-${name}`;
  const described = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
    .filter(Boolean)
    .join(' ');
  return {
    id,
    name,
    'aria-describedby': described || undefined,
    'aria-invalid': error === undefined ? undefined : (true as const),
  };
}

export function FieldError({ id, text }: { id: string; text: string }) {
  return (
    <p id={id} className="mt-1 flex items-start gap-1.5 text-sm text-bad">
      <Icon name="cross" className="mt-0.5" />
      <span className="min-w-0 wrap-anywhere">{text}</span>
    </p>
  );
}
