import { FIELDS, FIRST_FIELDS, type Field, foldedFields } from './fields.js';
import type { Typed } from './question.js';

/** Makes the inputs from the option table. */
export function buildForm(form: HTMLFormElement): void {
  form.append(fieldsOf(FIRST_FIELDS));
  for (const [group, fields] of foldedFields()) {
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = group;
    details.append(summary, fieldsOf(fields));
    form.append(details);
  }
}

function fieldsOf(fields: readonly Field[]): HTMLElement {
  const place = document.createElement('div');
  place.className = 'fields';
  place.append(...fields.map(fieldOf));
  return place;
}

function fieldOf(field: Field): HTMLElement {
  const { name, flag, option } = field;
  const place = document.createElement('div');
  place.className = 'input';
  const label = document.createElement('label');
  label.htmlFor = idOf(name);
  label.textContent = flag.slice(2).replaceAll('-', ' ');
  const input = inputOf(field);
  input.id = idOf(name);
  input.setAttribute('name', name);
  input.title = option.type.accepts;
  input.setAttribute('aria-describedby', `${idOf(name)}-help`);
  const help = document.createElement('small');
  help.id = `${idOf(name)}-help`;
  help.textContent = `${option.help}${option.fallback === undefined ? '' : ` (default: ${option.fallback})`}`;
  const wrong = document.createElement('small');
  wrong.className = 'wrong';
  wrong.id = `${idOf(name)}-wrong`;
  place.append(label, input, help, wrong);
  return place;
}

function inputOf({ option }: Field): HTMLInputElement | HTMLSelectElement {
  const choices = option.type.isSwitch ? ['true', 'false'] : option.type.choices;
  if (!choices || option.repeatable) {
    const input = document.createElement('input');
    input.type = 'text';
    input.spellcheck = false;
    input.autocapitalize = 'off';
    return input;
  }
  const select = document.createElement('select');
  select.append(
    ...['', ...choices].map((choice) => {
      const one = document.createElement('option');
      one.value = choice;
      one.textContent =
        choice === '' ? 'default' : option.type.isSwitch ? (choice === 'true' ? 'on' : 'off') : choice;
      return one;
    }),
  );
  return select;
}

const idOf = (name: string): string => `in-${name}`;
const inputNamed = (form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement =>
  form.querySelector(`#${idOf(name)}`)!;

export const readForm = (form: HTMLFormElement): Typed =>
  Object.fromEntries(FIELDS.map(({ name }) => [name, inputNamed(form, name).value]));

/** Puts texts into the inputs, and unfolds the groups of those that have one. */
export function writeForm(form: HTMLFormElement, typed: Typed): void {
  for (const { name } of FIELDS) {
    const input = inputNamed(form, name);
    input.value = typed[name] ?? '';
    if (typed[name]) input.closest('details')?.setAttribute('open', '');
  }
}

/** Says beside each input what is wrong with it, and above the answer what is wrong with the whole. */
export function showProblems(
  form: HTMLFormElement,
  problems: Readonly<Partial<Record<string, string>>>,
): void {
  for (const { name } of FIELDS) {
    const wrong = problems[name];
    const input = inputNamed(form, name);
    if (wrong === undefined) input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
    input.setAttribute(
      'aria-describedby',
      `${idOf(name)}-help${wrong === undefined ? '' : ` ${idOf(name)}-wrong`}`,
    );
    form.querySelector(`#${idOf(name)}-wrong`)!.textContent = wrong ?? '';
  }
  const problem = document.querySelector<HTMLElement>('#problem')!;
  problem.textContent = problems[''] ?? '';
  problem.hidden = problems[''] === undefined;
}
