export default {
  iconLinks: [],
  defaultTheme: "auto",
};
