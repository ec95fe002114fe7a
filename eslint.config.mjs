import globals from "globals";

export default [
    { ignores: [".runtime/", "**/static/lib/"] },
    {
        files: ["**/static/{src,tests}/**/*.js"],
        languageOptions: { ecmaVersion: 2024, globals: globals.browser },
        rules: {
            eqeqeq: "error",
            "no-console": "error",
            "no-undef": "error",
            "no-unused-vars": "error",
            "no-var": "error",
            "prefer-const": "error",
        },
    },
];
