// Every sheet beside this file is built twice: as a file that a page can link, and as a module that holds its text.
declare module "*.css.js" {
  const text: string;
  export default text;
}
