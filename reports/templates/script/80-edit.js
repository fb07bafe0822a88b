const setUpEditing = () => {};
