// The kinds of fields, by the name that components/guided_fields.py gives them.
import { CheckboxesField, MonthField, RadioField, SelectField, TickField } from "cp-guided/choices.js";
import { CommuneField } from "cp-guided/commune_field.js";
import { ItemsField } from "cp-guided/items.js";
import { PhotosField } from "cp-guided/photos.js";
import { TextField } from "cp-guided/text_field.js";

export const kinds = {
  line: TextField,
  area: TextField,
  number: TextField,
  year: TextField,
  names: TextField,
  select: SelectField,
  radios: RadioField,
  checks: CheckboxesField,
  tick: TickField,
  month: MonthField,
  commune: CommuneField,
  items: ItemsField,
  photos: PhotosField,
};
