(()=>{var e=(()=>{try{return localStorage.getItem("theme")}catch{return null}})();document.documentElement.dataset.theme=e??(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light");})();
