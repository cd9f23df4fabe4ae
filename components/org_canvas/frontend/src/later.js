// What a reader wants only after a while is loaded after a while.
export { addForm } from "./form.js";
export { help } from "./help.js";
export { default as style } from "./later.css";
export { askLine } from "./line_question.js";
export { ask, askDelete } from "./questions.js";
